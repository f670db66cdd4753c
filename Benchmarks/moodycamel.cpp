#include "moodycamel.h"

#include "bench.h"

#include <blockingconcurrentqueue.h>
#include <concurrentqueue.h>
#include <cstdlib>

namespace {

struct Message {
    uint64_t target;
    uint32_t message;
    uintptr_t wparam;
    intptr_t lparam;
};

using Queue = moodycamel::ConcurrentQueue<Message>;

struct Stream {
    moodycamel::BlockingConcurrentQueue<Message> queue;
    int messages;
};

void produce(void* context)
{
    Stream& stream = *static_cast<Stream*>(context);
    for (int i = 0; i < stream.messages; i++) {
        stream.queue.enqueue(Message{1, 2, static_cast<uintptr_t>(i), 0});
    }
}

void consume(void* context)
{
    Stream& stream = *static_cast<Stream*>(context);
    for (int i = 0; i < stream.messages; i++) {
        Message message;
        stream.queue.wait_dequeue(message);
        if (message.wparam != static_cast<uintptr_t>(i)) abort();
    }
}

} // namespace

double moodycamelBatches(int batch, int rounds)
{
    static Queue queue;
    uint64_t from = benchNow();
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < batch; i++) {
            queue.enqueue(Message{1, 2, static_cast<uintptr_t>(i), 0});
        }
        for (int i = 0; i < batch; i++) {
            Message message;
            if (!queue.try_dequeue(message) || message.wparam != static_cast<uintptr_t>(i)) abort();
        }
    }
    return static_cast<double>(benchNow() - from) / rounds / batch;
}

double moodycamelStream(int messages)
{
    static Stream stream;
    stream.messages = messages;
    return benchTogether(produce, consume, &stream, false) / messages;
}
