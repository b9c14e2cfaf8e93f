#include "CLineEdit.h"
#include <sys/ioctl.h>

/* Asked of the kernel and not of readline, which knows no size before its first prompt. */
static struct winsize screen(int descriptor) {
  struct winsize size = {0};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return (struct winsize){0};
  return size;
}

int le_columns(int descriptor) { return screen(descriptor).ws_col; }

int le_rows(int descriptor) { return screen(descriptor).ws_row; }
