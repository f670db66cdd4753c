#include "moodycamel.h"

#include "bench.h"

#include <atomic>
#include <blockingconcurrentqueue.h>
#include <concurrentqueue.h>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace {

struct Message {
    uint64_t target;
    uint32_t message;
    uintptr_t wparam;
    intptr_t lparam;
};

/* What fills it before, and looks at it after, is the same with our messages. */
unsigned char source[4096];

/* A payload that travels in the message. */
struct Inside : Message {
    uint32_t size;
    unsigned char bytes[64];

    void set(uint32_t length)
    {
        size = length;
        std::memcpy(bytes, source, length);
    }
    const unsigned char* get() const { return bytes; }
};

/* A payload of any size. */
struct Outside : Message {
    uint32_t size;
    std::unique_ptr<unsigned char[]> bytes;

    void set(uint32_t length)
    {
        size = length;
        bytes.reset(new unsigned char[length]);
        std::memcpy(bytes.get(), source, length);
    }
    const unsigned char* get() const { return bytes.get(); }
};

template <typename Carrier> double timePayloads(int batch, int rounds, uint32_t size)
{
    static moodycamel::ConcurrentQueue<Carrier> queue;
    uint64_t from = benchNow();
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < batch; i++) {
            Carrier message;
            static_cast<Message&>(message) = Message{1, 2, static_cast<uintptr_t>(i), 0};
            source[size - 1] = static_cast<unsigned char>(i);
            message.set(size);
            queue.enqueue(std::move(message));
        }
        for (int i = 0; i < batch; i++) {
            Carrier message;
            if (!queue.try_dequeue(message)) abort();
            if (message.get()[size - 1] != static_cast<unsigned char>(i)) abort();
        }
    }
    return static_cast<double>(benchNow() - from) / rounds / batch;
}

struct Stream {
    moodycamel::BlockingConcurrentQueue<Message> queue;
    int messages;
    int producers;
    std::atomic<int> started;
};

int nextProducer(Stream& stream) { return stream.started++; }

/* Which producer a message is of, and its how-manieth: as our messages say it. */
Message makeMessage(int producer, int i)
{
    return Message{1, 2, static_cast<uintptr_t>(i), producer};
}

void produce(void* context)
{
    Stream& stream = *static_cast<Stream*>(context);
    int producer = nextProducer(stream);
    for (int i = 0; i < stream.messages / stream.producers; i++) {
        stream.queue.enqueue(makeMessage(producer, i));
    }
}

void produceWithToken(void* context)
{
    Stream& stream = *static_cast<Stream*>(context);
    int producer = nextProducer(stream);
    moodycamel::ProducerToken token(stream.queue);
    for (int i = 0; i < stream.messages / stream.producers; i++) {
        stream.queue.enqueue(token, makeMessage(producer, i));
    }
}

template <typename Dequeue> void consumeAll(Stream& stream, Dequeue dequeue)
{
    uintptr_t next[8] = {};
    for (int i = 0; i < stream.messages; i++) {
        Message message;
        dequeue(message);
        if (message.wparam != next[message.lparam]++) abort();
    }
}

void consume(void* context)
{
    Stream& stream = *static_cast<Stream*>(context);
    consumeAll(stream, [&](Message& message) { stream.queue.wait_dequeue(message); });
}

void consumeWithToken(void* context)
{
    Stream& stream = *static_cast<Stream*>(context);
    moodycamel::ConsumerToken token(stream.queue);
    consumeAll(stream, [&](Message& message) { stream.queue.wait_dequeue(token, message); });
}

} // namespace

double moodycamelBatches(int batch, int rounds)
{
    static moodycamel::ConcurrentQueue<Message> queue;
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

double moodycamelPayloads(int batch, int rounds, int size)
{
    if (size == 0) return moodycamelBatches(batch, rounds);
    return size <= 64 ? timePayloads<Inside>(batch, rounds, static_cast<uint32_t>(size))
                      : timePayloads<Outside>(batch, rounds, static_cast<uint32_t>(size));
}

double moodycamelStream(int messages, int producers, bool withTokens)
{
    static Stream stream;
    stream.messages = messages;
    stream.producers = producers;
    stream.started = 0;
    return benchStream(withTokens ? produceWithToken : produce, producers,
                       withTokens ? consumeWithToken : consume, &stream) /
           messages;
}
