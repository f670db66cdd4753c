typedef struct tagLOGPEN {
    struct {
        int x;
    } inner;
} LVITEM_OF_OURS, LVITEMA;
typedef enum { ONE, TWO } *LPSHELLEXECUTEINFO;
typedef unsigned long HTREEITEM;
static LPSHELLEXECUTEINFO info;
static HTREEITEM item;
