package grpc.protoc;

/**
 * The class of a message.
 *
 * @param name its canonical name
 * @param inUnnamedPackage whether other packages cannot name it
 * @param deprecated whether it is marked as deprecated, so that naming it warns
 */
record JavaType(String name, boolean inUnnamedPackage, boolean deprecated) {}
