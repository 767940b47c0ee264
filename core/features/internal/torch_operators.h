// What the code of a foreign TorchScript network may name (torch_code.h): words between blanks.
#pragma once

namespace discern::features {

// torch.NAME and x.NAME, and each with an underscore behind it, which works in place. The operators of
// LibTorch 1.13 to 2.x that compute a value from values; left out are those that save, map or load a file
// (save, from_file), put one tensor's memory under another (set), wait for threads, train (backward), or
// serve sparse and quantised tensors.
inline constexpr const char* kTensorOperators = R"(
abs absolute acos acosh adaptive_avg_pool1d _adaptive_avg_pool2d adaptive_avg_pool2d _adaptive_avg_pool3d
adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool2d adaptive_max_pool3d add addbmm addcdiv
addcmul addmm addmv addr adjoint affine_grid_generator alias alias_copy all allclose alpha_dropout amax
amin aminmax __and__ angle any append arange arccos arccosh arcsin arcsinh arctan arctan2 arctanh argmax
argmin argsort argwhere as_strided as_strided_copy as_strided_scatter as_tensor asin asinh _assert_async
atan atan2 atanh atleast_1d atleast_2d atleast_3d avg_pool1d avg_pool2d avg_pool3d baddbmm
bartlett_window batch_norm _batch_norm_impl_index bernoulli bilinear bin binary_cross_entropy
binary_cross_entropy_with_logits bincount binomial bitwise_and bitwise_left_shift bitwise_not bitwise_or
bitwise_right_shift bitwise_xor blackman_window block_diag bmm Bool broadcast_tensors broadcast_to
bucketize can_cast capitalize cartesian_prod _cast_Byte _cast_Char _cast_Double _cast_Float _cast_Half
_cast_Int _cast_Long _cast_Short _cat cat cdist ceil celu center chain_matmul chalf channel_shuffle
cholesky cholesky_inverse cholesky_solve chr chunk clamp clamp_max clamp_min clear clip clone col2im
column_stack combinations Complex complex ComplexImplicit concat concatenate _conj conj conj_physical
constant_pad_nd __contains__ contiguous conv1d conv2d conv3d conv_depthwise3d conv_tbc conv_transpose1d
conv_transpose2d conv_transpose3d _convolution convolution copy copysign corrcoef cos cosh
cosine_embedding_loss cosine_similarity count count_nonzero cov cpu cross cross_entropy_loss ctc_loss
cuda cummax cummin cumprod cumsum cumulative_trapezoid data deg2rad degrees dense_dim __derive_index det
detach detach_copy device diag diag_embed diagflat diagonal diagonal_copy diagonal_scatter dict diff
digamma dim _dim_arange dist div divide divmod dot dropout dsplit dstack dtype einsum element_size elu
embedding empty empty_like empty_strided endswith eq equal erf erfc erfinv exp exp2 expand expand_as
expand_copy expandtabs expm1 exponential extend eye fabs factorial feature_alpha_dropout feature_dropout
fft_fft fft_fft2 fft_fftfreq fft_fftn fft_fftshift fft_hfft fft_hfft2 fft_hfftn fft_ifft fft_ifft2
fft_ifftn fft_ifftshift fft_ihfft fft_ihfft2 fft_ihfftn fft_irfft fft_irfft2 fft_irfftn fft_rfft
fft_rfft2 fft_rfftfreq fft_rfftn fill fill_diagonal find fix flatten flatten_dense_tensors flip fliplr
flipud Float float_power FloatImplicit floor floor_divide floordiv fmax fmin fmod format frac
fractional_max_pool2d fractional_max_pool3d frexp frobenius_norm full full_like gamma gather gcd ge gelu
geometric geqrf ger get _get_tracing_state __getitem__ glu grad _grad_sum_to_size gradient greater
greater_equal grid_sampler grid_sampler_2d grid_sampler_3d group_norm gru gru_cell gt H hamming_window
hann_window hardshrink hardsigmoid hardswish hardtanh heaviside hex hinge_embedding_loss histc histogram
histogramdd hsplit hstack huber_loss hypot i0 __iand__ igamma igammac __ilshift__ im2col imag index
index_add index_copy index_fill index_put index_reduce index_select indices _infer_size inner insert
instance_norm Int __interpolate IntImplicit inverse __ior__ __irshift__ __is__ is_autocast_cpu_enabled
is_autocast_enabled is_complex is_conj is_contiguous is_cpu is_cuda is_floating_point is_grad_enabled
is_inference is_leaf is_meta is_mkldnn is_neg is_non_overlapping_and_dense is_nonzero is_pinned
is_quantized is_same_size is_scripting is_signed is_sparse is_strides_like_format isalnum isalpha isclose
isdecimal isdigit isfinite isidentifier isin isinf islower isnan isneginf __isnot__ isnumeric isposinf
isprintable isreal isspace istft istitle isupper item items itemsize __ixor__ join kaiser_window keys
kl_div kron kthvalue l1_loss layer_norm layout lcm ldexp le leaky_relu len lerp less less_equal lgamma
linalg_cholesky linalg_cholesky_ex linalg_cond linalg_cross linalg_det linalg_diagonal linalg_eig
linalg_eigh linalg_eigvals linalg_eigvalsh linalg_householder_product linalg_inv linalg_inv_ex
linalg_ldl_factor linalg_ldl_factor_ex linalg_ldl_solve linalg_lstsq linalg_lu linalg_lu_factor
linalg_lu_factor_ex linalg_lu_solve linalg_matmul linalg_matrix_exp linalg_matrix_norm
linalg_matrix_power linalg_matrix_rank linalg_multi_dot linalg_norm linalg_pinv linalg_qr linalg_slogdet
linalg_solve linalg_solve_ex linalg_solve_triangular linalg_svd linalg_svdvals linalg_tensorinv
linalg_tensorsolve linalg_vander linalg_vecdot linalg_vector_norm linear linspace list _list_to_tensor
ljust log log10 log1p log2 log_normal log_sigmoid log_sigmoid_forward _log_softmax log_softmax logaddexp
logaddexp2 logcumsumexp logdet logical_and logical_not logical_or logical_xor logit logspace logsumexp
lower __lshift__ lstm lstm_cell lstrip lt lu_solve lu_unpack margin_ranking_loss masked_fill
masked_scatter masked_select mathremainder matmul matrix_exp matrix_H matrix_power max max_pool1d
max_pool1d_with_indices max_pool2d max_pool2d_with_indices max_pool3d max_pool3d_with_indices
max_unpool2d max_unpool3d maximum mean median meshgrid mH min minimum mish mm mode modf moveaxis movedim
mse_loss msort mT mul multi_margin_loss multilabel_margin_loss multilabel_margin_loss_forward multinomial
multiply mv mvlgamma name names nan_to_num nanmean nanmedian nanquantile nansum narrow narrow_copy
native_batch_norm native_channel_shuffle native_dropout native_group_norm native_layer_norm
_native_multi_head_attention native_norm ndim ne neg _neg_view negative new_empty new_empty_strided
new_full new_ones new_zeros nextafter nll_loss nll_loss2d nll_loss2d_forward nll_loss_forward nll_loss_nd
nonzero nonzero_numpy norm normal normal_functional __not__ not_equal nuclear_norm numel numpy_T oct
one_hot ones ones_like __or__ ord orgqr ormqr outer _pack_padded_sequence pad _pad_packed_sequence
pad_sequence pairwise_distance partition pdist percentFormat permute permute_copy pinverse pixel_shuffle
pixel_unshuffle poisson poisson_nll_loss polar polygamma pop popitem positive pow prelu _prelu_kernel
prod promote_types put qr quantile rad2deg radians rand rand_like randint randint_like randn randn_like
random randperm range __range_length ravel real reciprocal reflection_pad1d reflection_pad2d
reflection_pad3d relu relu6 remainder remove renorm repeat repeat_interleave replace replication_pad1d
replication_pad2d replication_pad3d requires_grad reshape _reshape_alias reshape_as resize resize_as
resolve_conj resolve_neg result_type reverse rfind rindex rjust rms_norm rnn_relu rnn_relu_cell rnn_tanh
rnn_tanh_cell roll rot90 round __round_to_zero_floordiv row_stack rpartition rrelu rrelu_with_noise
__rshift__ rsplit rsqrt rstrip rsub scalar_tensor ScalarImplicit _scaled_dot_product_attention
scaled_dot_product_attention _scaled_dot_product_attention_math scatter scatter_add scatter_reduce
searchsorted select select_copy select_scatter selu _set_item set_grad_enabled setdefault sgn shape
_shape_as_tensor sigmoid sign signbit silu sin sinc sinh Size size _size_if_not_equal slice slice_copy
slice_scatter slogdet slow_conv3d slow_conv3d_forward slow_conv_dilated2d slow_conv_dilated3d
slow_conv_transpose2d slow_conv_transpose3d smooth_l1_loss soft_margin_loss _softmax softmax softplus
softshrink sort sorted special_erf special_expit special_expm1 special_log1p special_log_softmax
special_logit special_logsumexp special_softmax split split_copy split_with_sizes split_with_sizes_copy
splitlines sqrt square squeeze squeeze_copy _stack stack startswith std std_mean stft storage_offset str
stride strip sub subtract sum sum_to_size svd swapaxes swapcase swapdims T t t_copy take take_along_dim
tan tanh tensor tensor_split _tensor_to_list tensordot thnn_conv2d threshold tile title to _to_copy
to_dense topk trace _transformer_encoder_layer_fwd transpose transpose_copy trapezoid trapz
triangular_solve tril tril_indices _trilinear triplet_margin_loss triu triu_indices true_divide trunc
type_as unbind unbind_copy unflatten unflatten_dense_tensors unfold unfold_copy uniform
unique_consecutive unique_dim unique_dim_consecutive unsafe_chunk unsafe_split unsafe_split_with_sizes
_unsafe_view unsqueeze unsqueeze_copy _unwrap_optional update upper __upsample upsample_bicubic2d
_upsample_bicubic2d_aa __upsample_bilinear upsample_bilinear2d _upsample_bilinear2d_aa upsample_linear1d
__upsample_nearest upsample_nearest1d upsample_nearest2d upsample_nearest3d _upsample_nearest_exact1d
_upsample_nearest_exact2d _upsample_nearest_exact3d upsample_trilinear3d value values values_copy vander
var var_mean vdot view view_as view_as_complex view_as_complex_copy view_as_real view_as_real_copy
view_copy vsplit vstack warn _weight_norm _weight_norm_interface where xlogy __xor__ zero zeros
zeros_like zfill
)";

// ops.NAME
inline constexpr const char* kOtherOperators = R"(
aten.dequantize prim.NumToTensor prim.ImplicitTensorToNum prim.RaiseException prim.data prim.device prim.dtype
prim.grad prim.id prim.is_cuda prim.is_quantized prim.layout prim.max prim.min prim.abs prim.name prim.requires_grad
prim.shape prim.tolist prim.type prim.unchecked_cast prim.unchecked_unwrap_optional prim.Uninitialized
prim.IfThenElse prim.rangelist prim.AutogradAdd prim.AutogradZero prim.EnumName prim.EnumValue prim.min prim.TupleIndex
)";

// NAME(...), words that may stand before a parenthesis among them
inline constexpr const char* kPlainCalls = R"(
abs all and annotate any assert bool complex device dict divmod elif else enumerate float for getattr hasattr if in int
is isinstance len list max min not or ord chr print range return round sorted str sum tuple unchecked_cast
uninitialized while zip
)";

}  // namespace discern::features
