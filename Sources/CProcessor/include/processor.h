#ifndef BACKSTEP_PROCESSOR_H
#define BACKSTEP_PROCESSOR_H

/* How wide the arithmetic of this processor is: 0 for what every one of its kind can do,
   1 for AVX2, 2 for AVX-512. */
int backstep_processor_level(void);

/* Says that the memory at an address will be needed soon; any address will do. */
static inline void backstep_prefetch(const void *address) {
  __builtin_prefetch(address, 1, 3);
}

#endif
