/** @file mmsystem.h
 *  winmm's clock and timers. There is no sound.
 */
#ifndef RAT_MMSYSTEM_H
#define RAT_MMSYSTEM_H

#include "winbase.h"

RAT_BEGIN_C

typedef UINT MMRESULT;
#define MMSYSERR_NOERROR 0
#define MMSYSERR_INVALPARAM 11
#define TIMERR_NOERROR 0
#define TIMERR_NOCANDO 97
#define TIME_ONESHOT 0x0000
#define TIME_PERIODIC 0x0001
#define TIME_CALLBACK_FUNCTION 0x0000
#define TIME_CALLBACK_EVENT_SET 0x0010
#define TIME_KILL_SYNCHRONOUS 0x0100

typedef struct timecaps_tag {
    UINT wPeriodMin;
    UINT wPeriodMax;
} TIMECAPS, *PTIMECAPS, *LPTIMECAPS;

typedef void(CALLBACK* LPTIMECALLBACK)(UINT timer, UINT message, DWORD_PTR user, DWORD_PTR first,
                                       DWORD_PTR second);

RAT_WIN32(DWORD, timeGetTime, (VOID));
RAT_WIN32(MMRESULT, timeGetDevCaps, (LPTIMECAPS caps, UINT size));
RAT_WIN32(MMRESULT, timeBeginPeriod, (UINT period));
RAT_WIN32(MMRESULT, timeEndPeriod, (UINT period));
RAT_WIN32(MMRESULT, timeSetEvent,
          (UINT delay, UINT resolution, LPTIMECALLBACK function, DWORD_PTR user, UINT flags));
RAT_WIN32(MMRESULT, timeKillEvent, (UINT timer));

RAT_END_C

#endif /* RAT_MMSYSTEM_H */
