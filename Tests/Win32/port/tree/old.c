/* über */
#include <windows.h>
static const char* s = "äö"; /* unended "
 */
void h(void) { Beep(1, 2); Sleep(2); }
