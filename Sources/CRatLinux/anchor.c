#include "CRatLinux.h"

_Thread_local void *rat_linux_thread_record;
_Thread_local int rat_linux_last_errno;
