/* What Swift cannot import for the sockets by which processes find each other: addresses, and messages with
 * descriptors in them. Inline C, no logic. */
#ifndef C_RAT_LINUX_LINKS_H
#define C_RAT_LINUX_LINKS_H

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A socket of packets that never makes its caller wait. */
static inline int rat_linux_packet_socket(void)
{
    return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

/* The name, of less than 80 bytes, in a directory that is open: so paths may be as long as they like. */
static inline socklen_t rat_linux_packet_address(struct sockaddr_un *address, int directory,
                                                 const char *name)
{
    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/%s", directory, name);
    return (socklen_t)sizeof *address;
}

static inline int rat_linux_packet_bind(int descriptor, int directory, const char *name)
{
    struct sockaddr_un address;
    socklen_t size = rat_linux_packet_address(&address, directory, name);
    return bind(descriptor, (const struct sockaddr *)&address, size);
}

static inline int rat_linux_packet_connect(int descriptor, int directory, const char *name)
{
    struct sockaddr_un address;
    socklen_t size = rat_linux_packet_address(&address, directory, name);
    return connect(descriptor, (const struct sockaddr *)&address, size);
}

/* SOCK_NONBLOCK | SOCK_CLOEXEC, without a point of cancellation. */
static inline int rat_linux_packet_accept(int descriptor)
{
    return (int)syscall(SYS_accept4, descriptor, 0, 0, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

/* Who made the other end, as the kernel saw it then: 0, or -1 and errno. Shown with _GNU_SOURCE only. */
static inline int rat_linux_packet_peer(int descriptor, uint32_t *process, uint32_t *user)
{
    uint32_t credentials[3] = {0, 0, 0};
    socklen_t size = sizeof credentials;
    int result = getsockopt(descriptor, SOL_SOCKET, 17 /* SO_PEERCRED */, credentials, &size);
    *process = credentials[0];
    *user = credentials[1];
    return result;
}

/* One packet, with a descriptor unless that is negative. */
static inline ssize_t rat_linux_packet_send(int descriptor, const void *bytes, size_t count, int carried)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec piece = {(void *)bytes, count};
    struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
    if (carried >= 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = control.room;
        message.msg_controllen = sizeof control.room;
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(head), &carried, sizeof(int));
    }
    return sendmsg(descriptor, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
}

/* One packet, and the one descriptor that may come with it, or -1. The kernel closes what there is no room for.
 * 0x40000000: MSG_CMSG_CLOEXEC. */
static inline ssize_t rat_linux_packet_receive(int descriptor, void *bytes, size_t count, int *carried)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control;
    struct iovec piece = {bytes, count};
    struct msghdr message = {.msg_iov = &piece,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    *carried = -1;
    ssize_t size = recvmsg(descriptor, &message, MSG_DONTWAIT | 0x40000000);
    if (size < 0) return size;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head))
        if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS &&
            head->cmsg_len == CMSG_LEN(sizeof(int)) && *carried < 0)
            memcpy(carried, CMSG_DATA(head), sizeof(int));
    return size;
}

/* F_GET_SEALS. */
static inline int rat_linux_seals(int file) { return fcntl(file, 1024 + 10); }

#endif /* C_RAT_LINUX_LINKS_H */
