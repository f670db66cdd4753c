/* What several tests need: threads, the moment when one of them sleeps, and windows that write down
 * what they are told. */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "harness.h"

#include <pthread.h>
#include <rat.h>
#include <stdatomic.h>

/* A thread that runs a function; join() gives what it returned. */
typedef struct {
    pthread_t thread;
    atomic_int tid;
    intptr_t (*body)(void*);
    void* context;
} Thread;

void start(Thread* thread, intptr_t (*body)(void*), void* context);
intptr_t join(Thread* thread);

/* Runs a function on a thread of its own and gives what it returned, when that has ended. */
intptr_t onThread(intptr_t (*body)(void*), void* context);

/* Returns when the thread sleeps in the kernel. A thread whose body does nothing but wait is then
 * in that wait. */
void untilAsleep(Thread* thread);

/* Interrupts a thread's system calls without pause, from start to stop. One storm at a time. */
void startStorm(Thread* victim);
void stopStorm(void);

/* How many descriptors the process has open. */
int openDescriptors(void);

/* Uses up all descriptors that the process may have; gives the last. Closing it makes room for
 * one. */
int useUpDescriptors(void);

/* Nanoseconds of CLOCK_MONOTONIC. */
uint64_t now(void);

/* The messages that windows of makeWindow() got, in order. */
typedef struct {
    RatWindow window;
    uint32_t message;
    uintptr_t wparam;
    intptr_t lparam;
} Logged;

enum { MOST_LOGGED = 256 };
extern Logged logged[MOST_LOGGED];
extern size_t loggedCount;

/* Where in the log a message stands at or after a place; -1 if it does not. */
int findLogged(uint32_t message, int from);

/* What a test wants its windows to do; called before the default. True: *result is the answer. */
extern bool (*onMessage)(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                         RatResult* result);

/* A procedure that logs, asks onMessage, and passes on to the default. */
RatResult loggingProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam);

/* Registers the class "Test" with loggingProc, once. */
void registerTestClass(void);

/* Creates a window of it: 200 by 100 at 10, 20. */
RatStatus tryWindow(uint32_t style, RatWindow* out);
RatWindow makeWindow(uint32_t style);

/* The calling thread's queue. */
RatMessageQueue threadQueue(void);

/* Retrieves and dispatches until there is nothing more to do now. */
void drain(void);

/* Retrieves and dispatches until that message was retrieved; it is dispatched too. */
RatMessage pumpUntil(uint32_t message);

/* A message without payload. */
RatMessage plain(uint32_t message);

#endif /* SUPPORT_H */
