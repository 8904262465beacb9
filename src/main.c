/* The program: hands the web page to the command line, which must not know it. */
#include "wt.h"

int main(void) { return 0; }
