#define _GNU_SOURCE
#include "CLineEdit.h"
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

/* Lock-free, hence safe both in a signal handler and in a loop on another thread. */
static atomic_int interrupted;

static void on_interrupt(int signal_number) {
  (void)signal_number;
  atomic_store(&interrupted, 1);
}

static void handle(int signal_number, void (*handler)(int)) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  /* Without SA_RESTART: a read that waits for input must come back and look at the flag. */
  sigaction(signal_number, &action, NULL);
}

void le_watch_interrupts(void) { handle(SIGINT, on_interrupt); }

int le_interrupted(void) { return atomic_load(&interrupted); }

int le_take_interrupt(void) { return atomic_exchange(&interrupted, 0); }

void le_die_of(int signal_number) {
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal_number);
  handle(signal_number, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
  raise(signal_number);
  _exit(128 + signal_number); /* for a signal that does not end a process */
}
