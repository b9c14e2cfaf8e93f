#include "CLineEdit.h"
#include <stdio.h>
#include <readline/readline.h>

const char *le_compiler(void) { return __VERSION__; }

const char *le_readline_version(void) { return rl_library_version; }
