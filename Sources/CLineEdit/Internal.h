/* What the parts of CLineEdit tell each other. */
#ifndef CLINEEDIT_INTERNAL_H
#define CLINEEDIT_INTERNAL_H

#include "CLineEdit.h"

#include <stddef.h>

/* History.c: its size, and giving edited entries their text back. */
void prepare_history(int entries);
void restore_history(void);

/* HistoryFile.c. All return 0 or an errno. */
int history_file_load(const char *path, int entries, void (*add)(const char *line));
int history_file_append(const char *path, const char *line);

/* Completion.c: points readline at it; before the inputrc is read, which may then overrule. */
void prepare_completion(void);

/* Text.c: who is asked what a terminal would act on. */
void prepare_text(le_unseen is_unseen);
/* Text.c: whether all of it may be written to a terminal: UTF-8 without control characters. */
int is_plain_text(const char *text, size_t length);

#endif
