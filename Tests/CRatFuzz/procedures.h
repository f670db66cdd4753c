/* What the library calls back. */
#ifndef PROCEDURES_H
#define PROCEDURES_H

#include "fuzz.h"

RatResult fuzzProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam);
/* Another one, to be put in its place. */
RatResult otherProc(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam);
RatResult fuzzSubclass(RatWindow window, uint32_t message, uintptr_t wparam, intptr_t lparam,
                       uintptr_t id, uintptr_t data);
RatResult fuzzMessageProc(RatMessageQueue queue, const RatMessage* message, void* context);
RatResult fuzzHook(int32_t code, uintptr_t wparam, intptr_t lparam);
void fuzzTimer(RatWindow window, uint32_t message, uintptr_t id, uint64_t time);
void fuzzReply(RatHandle target, uint32_t message, void* context, RatIpcStatus status,
               const RatMessage* reply);
void fuzzTrace(const RatTraceEvent* event, void* context);
bool fuzzEnumWindow(RatWindow window, intptr_t param);
bool fuzzEnumProp(RatWindow window, const char* name, uintptr_t value, intptr_t param);

#endif /* PROCEDURES_H */
