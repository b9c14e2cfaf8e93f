#include "Internal.h"

/* The length of the UTF-8 sequence at `s`, or 0 if it is malformed, overlong or a surrogate. */
static size_t sequence_length(const unsigned char *s, size_t left) {
  size_t length = s[0] < 0x80 ? 1 : s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3
                  : s[0] < 0xF5 ? 4 : 0;
  if (length == 0 || length > left) return 0;
  for (size_t i = 1; i < length; i++)
    if ((s[i] & 0xC0) != 0x80) return 0;
  if (s[0] == 0xE0 && s[1] < 0xA0) return 0;
  if (s[0] == 0xED && s[1] > 0x9F) return 0;
  if (s[0] == 0xF0 && s[1] < 0x90) return 0;
  if (s[0] == 0xF4 && s[1] > 0x8F) return 0;
  return length;
}

/* The code point of a well-formed sequence. */
static unsigned long code_point(const unsigned char *s, size_t length) {
  unsigned long value = length == 1 ? s[0] : s[0] & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; i++) value = value << 6 | (s[i] & 0x3Fu);
  return value;
}

static le_unseen acts_unseen;

void prepare_text(le_unseen is_unseen) { acts_unseen = is_unseen; }

/* Whether a well-formed sequence is one of those. */
static int is_unseen(const unsigned char *s, size_t length) {
  return acts_unseen && acts_unseen((unsigned int)code_point(s, length));
}

int is_plain_text(const char *text, size_t length) {
  const unsigned char *s = (const unsigned char *)text;
  size_t i = 0;
  while (i < length) {
    size_t step = sequence_length(s + i, length - i);
    if (step == 0) return 0;
    if (step == 1 && (s[i] < 0x20 || s[i] == 0x7F)) return 0;
    if (is_unseen(s + i, step)) return 0;
    i += step;
  }
  return 1;
}
