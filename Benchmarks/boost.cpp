#include "boost.h"

#include <boost/interprocess/ipc/message_queue.hpp>
#include <string>
#include <unistd.h>

using boost::interprocess::create_only;
using boost::interprocess::message_queue;

void* boostCreate(size_t messages, size_t size)
{
    const std::string name = "rat-benchmark-" + std::to_string(getpid());
    message_queue* queue = new message_queue(create_only, name.c_str(), messages, size);
    /* The memory stays with those who have it. */
    message_queue::remove(name.c_str());
    return queue;
}

void boostDestroy(void* queue) { delete static_cast<message_queue*>(queue); }

void boostSend(void* queue, const void* bytes, size_t size)
{
    static_cast<message_queue*>(queue)->send(bytes, size, 0);
}

size_t boostReceive(void* queue, void* buffer, size_t size)
{
    message_queue::size_type length = 0;
    unsigned priority = 0;
    static_cast<message_queue*>(queue)->receive(buffer, size, length, priority);
    return length;
}
