// With the standard library's headers before and after.
#include <algorithm>
#include <string>
#define reinterpret(type, value) reinterpret_cast<type>(value)
#include "habits.h"
#include <functional>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <thread>
#include <vector>

int numbers()
{
    using namespace std;
    DWORD a = 3;
    return static_cast<int>(std::min(2, 3) + max(4, 5)) + static_cast<int>(min(a, 7u)) +
           numeric_limits<int>::max() % 2;
}
