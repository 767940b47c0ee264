#define DISCERN_LANES 8
#define DISCERN_KERNELS kAvx2Kernels
#define DISCERN_KERNELS_NAME "avx2"
#include "core/selection/kernels_body.h"
