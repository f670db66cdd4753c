#pragma once
/* A function of the tree's own, of a name that Win32 has too. */
static inline int ShellExecute(int x)
{
    return x;
}
