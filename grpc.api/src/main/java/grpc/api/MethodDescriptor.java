package grpc.api;

import java.util.Objects;

/**
 * The description of a method: its name, kind, message types and codec, for both sides to agree on,
 * and the options of its schema. Generated code holds one constant per method. Immutable.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
public final class MethodDescriptor<Q, R> {
  private final String path;
  private final int methodStart;
  private final MethodType type;
  private final Class<Q> requestType;
  private final Class<R> responseType;
  private final String codec;
  private final IdempotencyLevel idempotencyLevel;
  private final boolean deprecated;
  private final int hash;

  private MethodDescriptor(
      String path,
      int methodStart,
      MethodType type,
      Class<Q> requestType,
      Class<R> responseType,
      String codec,
      IdempotencyLevel idempotencyLevel,
      boolean deprecated) {
    this.path = path;
    this.methodStart = methodStart;
    this.type = type;
    this.requestType = requestType;
    this.responseType = responseType;
    this.codec = codec;
    this.idempotencyLevel = Objects.requireNonNull(idempotencyLevel, "idempotencyLevel");
    this.deprecated = deprecated;
    this.hash = 31 * path.hashCode() + codec.hashCode();
  }

  /**
   * {@return a descriptor of a method that is not deprecated, of unknown idempotency}
   *
   * @param fullName {@code package.Service/Method}, case-sensitive, with no leading slash
   * @param type the kind of call
   * @param requestType the request message's class
   * @param responseType the response message's class
   * @param codec the name of the codec that marshals both, for example {@code proto}
   * @throws IllegalArgumentException when the name is not of that form, or the name or the codec
   *     has a space, a control character, or a character beyond ASCII
   */
  public static <Q, R> MethodDescriptor<Q, R> of(
      String fullName, MethodType type, Class<Q> requestType, Class<R> responseType, String codec) {
    String path = "/" + fullName;
    if (!isPath(path)) {
      throw new IllegalArgumentException(
          "method name \"" + fullName + "\" (expected: \"package.Service/Method\")");
    }
    WireText.require("method name", fullName, "?#", "\"package.Service/Method\"");
    WireText.require("codec", codec, "", "the name of a codec, such as proto");
    return new MethodDescriptor<>(
        path,
        path.lastIndexOf('/') + 1,
        type,
        requestType,
        responseType,
        codec,
        IdempotencyLevel.UNKNOWN,
        false);
  }

  /**
   * {@return whether a request's {@code :path} is of the form {@code /package.Service/Method}} It
   * checks only the slashes, and that neither part is empty. A server answers all other paths with
   * UNIMPLEMENTED.
   */
  public static boolean isPath(String path) {
    int slash = path.lastIndexOf('/');
    return slash > 1 && slash < path.length() - 1 && path.charAt(0) == '/' && path.charAt(1) != '/';
  }

  /** {@return this descriptor with this idempotency level} */
  public MethodDescriptor<Q, R> withIdempotencyLevel(IdempotencyLevel level) {
    return new MethodDescriptor<>(
        path, methodStart, type, requestType, responseType, codec, level, deprecated);
  }

  /** {@return this descriptor, with or without the mark that the method is deprecated} */
  public MethodDescriptor<Q, R> withDeprecated(boolean deprecated) {
    return new MethodDescriptor<>(
        path, methodStart, type, requestType, responseType, codec, idempotencyLevel, deprecated);
  }

  /** {@return {@code package.Service/Method}} */
  public String fullName() {
    return path.substring(1);
  }

  /** {@return {@code /package.Service/Method}, the HTTP path} */
  public String path() {
    return path;
  }

  /** {@return {@code package.Service}} */
  public String serviceName() {
    return path.substring(1, methodStart - 1);
  }

  /** {@return {@code Method}} */
  public String methodName() {
    return path.substring(methodStart);
  }

  /** {@return the kind of call} */
  public MethodType type() {
    return type;
  }

  /** {@return the request message's class} */
  public Class<Q> requestType() {
    return requestType;
  }

  /** {@return the response message's class} */
  public Class<R> responseType() {
    return responseType;
  }

  /** {@return the name of the codec that marshals its messages} */
  public String codec() {
    return codec;
  }

  /** {@return whether a call may be made again without harm, as the schema says} */
  public IdempotencyLevel idempotencyLevel() {
    return idempotencyLevel;
  }

  /** {@return whether the schema marks it as deprecated} */
  public boolean deprecated() {
    return deprecated;
  }

  @Override
  public boolean equals(Object o) {
    return o == this
        || o instanceof MethodDescriptor<?, ?> m
            && hash == m.hash
            && path.equals(m.path)
            && type == m.type
            && requestType == m.requestType
            && responseType == m.responseType
            && codec.equals(m.codec)
            && idempotencyLevel == m.idempotencyLevel
            && deprecated == m.deprecated;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return fullName();
  }
}
