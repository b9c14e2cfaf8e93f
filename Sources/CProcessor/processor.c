#include "processor.h"

int backstep_processor_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  /* All of what the compiler may use when it is told x86-64-v3 and x86-64-v4. */
  int avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
             __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
             __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("movbe") &&
             __builtin_cpu_supports("f16c");
  int avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512cd");
  return avx512 ? 2 : avx2 ? 1 : 0;
#else
  return 0;
#endif
}
