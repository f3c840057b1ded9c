/* kernel_made.h - the sets of kernels for particular machines. */
#ifndef COLUMN_KERNEL_MADE_H
#define COLUMN_KERNEL_MADE_H
#include "column/kernel.h"

#if defined __x86_64__
#define KERNEL_X86
extern const struct kernels kernels_avx512, kernels_avx2;
#endif

#endif
