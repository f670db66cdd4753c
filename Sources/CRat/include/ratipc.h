/** @file ratipc.h
 *  Pipes, sockets and shared memory: the kernel's own means, behind handles.
 */
#ifndef RATIPC_H
#define RATIPC_H

#include "ratcore.h"

#ifdef __cplusplus
extern "C" {
#endif

/* -- Pipes and sockets ------------------------------------------------------------------------- */

/* -- Shared memory ------------------------------------------------------------------------------ */

#ifdef __cplusplus
}
#endif
#endif /* RATIPC_H */
