/* Status: names and explanations. */
#include "support.h"

#include <string.h>

static const struct {
    RatIpcStatus status;
    int number;
    const char* name;
} statuses[] = {
#define STATUS(name, number) {name, number, #name}
    STATUS(RAT_IPC_OK, 0),
    STATUS(RAT_IPC_ERR_UNKNOWN, 1),
    STATUS(RAT_IPC_ERR_NOT_FOUND, 2),
    STATUS(RAT_IPC_ERR_ACCESS_DENIED, 3),
    STATUS(RAT_IPC_ERR_NO_RESOURCES, 4),
    STATUS(RAT_IPC_ERR_INVALID_ARG, 5),
    STATUS(RAT_IPC_ERR_ALREADY_EXISTS, 6),
    STATUS(RAT_IPC_ERR_NOT_CONNECTED, 7),
    STATUS(RAT_IPC_ERR_BUFFER_TOO_SMALL, 8),
    STATUS(RAT_IPC_ERR_TIMEOUT, 9),
    STATUS(RAT_IPC_ERR_INVALID_HANDLE, 10),
    STATUS(RAT_IPC_QUIT, 11),
    STATUS(RAT_IPC_ERR_DEADLOCK, 12),
    STATUS(RAT_IPC_ERR_CANCELLED, 13),
    STATUS(RAT_IPC_ERR_NOT_SUPPORTED, 14),
    STATUS(RAT_IPC_ERR_WOULD_BLOCK, 15),
    STATUS(RAT_IPC_ERR_WRONG_THREAD, 16),
#undef STATUS
};

TEST(everyStatusKeepsItsNumberAndIsNamedAsItIsSpelled)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        CHECK_EQ(statuses[i].status, statuses[i].number);
        CHECK_STR(RatStatusName(statuses[i].status), statuses[i].name);
    }
}

TEST(everyStatusIsExplainedInASentenceOfItsOwn)
{
    size_t count = sizeof statuses / sizeof statuses[0];
    for (size_t i = 0; i < count; i++) {
        const char* text = RatStatusMessage(statuses[i].status);
        inRow(statuses[i].name);
        REQUIRE(text != NULL);
        CHECK(strlen(text) > 4 && text[strlen(text) - 1] == '.');
        for (size_t j = 0; j < i; j++) CHECK(strcmp(text, RatStatusMessage(statuses[j].status)));
    }
}

TEST(aNumberThatIsNoStatusHasANameAndAnExplanationToo)
{
    const int others[] = {17, 1000, -1, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        CHECK_STR(RatStatusName((RatIpcStatus)others[i]), "RAT_IPC_ERR_?");
        CHECK(RatStatusMessage((RatIpcStatus)others[i]) != NULL);
    }
}

TEST(theStringsStayWhereTheyAre)
{
    const char* name = RatStatusName(RAT_IPC_ERR_TIMEOUT);
    const char* text = RatStatusMessage(RAT_IPC_ERR_TIMEOUT);
    for (int i = 0; i < 100; i++) RatStatusName((RatIpcStatus)(i % 20));
    CHECK(RatStatusName(RAT_IPC_ERR_TIMEOUT) == name);
    CHECK(RatStatusMessage(RAT_IPC_ERR_TIMEOUT) == text);
    CHECK_STR(name, "RAT_IPC_ERR_TIMEOUT");
}

TEST(withoutAFailureThereIsNoErrno)
{
    CHECK_EQ(RatGetLastErrno(), 0);
    CHECK_STATUS(RatSetEvent(RAT_INVALID_HANDLE), RAT_IPC_ERR_INVALID_HANDLE);
    CHECK_EQ(RatGetLastErrno(), 0);
}
