package grpc.protoc;

/**
 * The class of a message.
 *
 * @param name its canonical name
 * @param javaPackage its package; empty for the unnamed one; other packages cannot name it then
 * @param deprecated whether it, or a message or file class around it, is marked as deprecated, so
 *     that naming it warns
 */
record JavaType(String name, String javaPackage, boolean deprecated) {}
