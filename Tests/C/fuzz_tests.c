/* The whole window and message interface under random calls. */
#include "shared_sync.h"

#include <CRatFuzz.h>

/* RAT_FUZZ_SEED and RAT_FUZZ_CALLS say otherwise. */
TEST(randomCallsFromThreeThreadsCrashNothingAndLeaveNothing)
{
    FuzzPlan plan = {
        .seed = 1,
        .calls = (uint64_t)rounds(100000, 1000000),
        /* Pools and tables fill up over some hundred thousand calls; then nothing grows. */
        .measuresMemory = rounds(0, 1),
    };
    CHECK(runFuzz(plan));
}
