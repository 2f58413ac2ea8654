package grpc.api;

import java.util.Optional;

/**
 * A call's context with attributes that interceptors have attached.
 *
 * @param call the call itself
 * @param attributes all attributes, the call's own and the added ones
 */
record AttributedContext(CallContext call, Attributes attributes) implements CallContext {
  @Override
  public <T> CallContext with(Attributes.Key<T> key, T value) {
    return new AttributedContext(call, attributes.with(key, value));
  }

  @Override
  public MethodDescriptor<?, ?> method() {
    return call.method();
  }

  @Override
  public String authority() {
    return call.authority();
  }

  @Override
  public String contentSubtype() {
    return call.contentSubtype();
  }

  @Override
  public Metadata metadata() {
    return call.metadata();
  }

  @Override
  public Optional<Deadline> deadline() {
    return call.deadline();
  }

  @Override
  public Peer peer() {
    return call.peer();
  }

  @Override
  public boolean messageCompressed() {
    return call.messageCompressed();
  }

  @Override
  public boolean isCancelled() {
    return call.isCancelled();
  }

  @Override
  public Registration onCancel(Runnable action) {
    return call.onCancel(action);
  }

  @Override
  public Registration onEnd(Runnable action) {
    return call.onEnd(action);
  }

  @Override
  public void responseHeaders(Metadata headers) {
    call.responseHeaders(headers);
  }

  @Override
  public void sendHeaders() {
    call.sendHeaders();
  }

  @Override
  public void responseTrailers(Metadata trailers) {
    call.responseTrailers(trailers);
  }

  @Override
  public void compressor(String encoding) {
    call.compressor(encoding);
  }

  @Override
  public void compressMessages(boolean compress) {
    call.compressMessages(compress);
  }
}
