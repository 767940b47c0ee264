#define DISCERN_LANES 16
#define DISCERN_KERNELS kAvx512Kernels
#define DISCERN_KERNELS_NAME "avx512"
#include "core/selection/kernels_body.h"
