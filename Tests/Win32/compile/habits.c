#define reinterpret(type, value) ((type)(value))
#include "habits.h"
