package grpc.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may choose for its calls. Immutable: each {@code with} method returns a copy, so
 * one value serves any number of calls. What is not chosen comes from the service config, then from
 * the channel.
 */
public final class CallOptions {
  /** Nothing chosen. */
  public static final CallOptions DEFAULT =
      new CallOptions(null, null, null, Metadata.EMPTY, null, null, -1, -1, Attributes.EMPTY);

  private final @Nullable Duration timeout;
  private final @Nullable Boolean waitForReady;
  private final @Nullable String compressor;
  private final Metadata metadata;
  private final @Nullable String authority;
  private final @Nullable String contentSubtype;
  private final int maxReceiveMessageSize;
  private final int maxSendMessageSize;
  private final Attributes attributes;

  private CallOptions(
      @Nullable Duration timeout,
      @Nullable Boolean waitForReady,
      @Nullable String compressor,
      Metadata metadata,
      @Nullable String authority,
      @Nullable String contentSubtype,
      int maxReceiveMessageSize,
      int maxSendMessageSize,
      Attributes attributes) {
    this.timeout = timeout;
    this.waitForReady = waitForReady;
    this.compressor = compressor;
    this.metadata = metadata;
    this.authority = authority;
    this.contentSubtype = contentSubtype;
    this.maxReceiveMessageSize = maxReceiveMessageSize;
    this.maxSendMessageSize = maxSendMessageSize;
    this.attributes = attributes;
  }

  /**
   * {@return options with only this deadline: each call ends at the latest so long after its start}
   */
  public static CallOptions deadline(Duration timeout) {
    return DEFAULT.withDeadline(timeout);
  }

  /** {@return a copy in which each call ends at the latest so long after its start} */
  public CallOptions withDeadline(Duration timeout) {
    return new CallOptions(
        Objects.requireNonNull(timeout, "deadline"),
        waitForReady,
        compressor,
        metadata,
        authority,
        contentSubtype,
        maxReceiveMessageSize,
        maxSendMessageSize,
        attributes);
  }

  /**
   * {@return a copy that waits for a connection, or does not} A call that does not wait fails with
   * UNAVAILABLE while the channel is in TRANSIENT_FAILURE; one that waits fails only by its
   * deadline.
   */
  public CallOptions withWaitForReady(boolean waitForReady) {
    return new CallOptions(
        timeout,
        waitForReady,
        compressor,
        metadata,
        authority,
        contentSubtype,
        maxReceiveMessageSize,
        maxSendMessageSize,
        attributes);
  }

  /**
   * {@return a copy that compresses requests with this encoding, for example {@code gzip}}
   *
   * @throws IllegalArgumentException when no encoding can have the name: it has a space, a comma, a
   *     control character, or one beyond ASCII
   */
  public CallOptions withCompressor(String encoding) {
    WireText.require("compressor", encoding, ",;\"", "the name of an encoding, such as gzip");
    return new CallOptions(
        timeout,
        waitForReady,
        encoding,
        metadata,
        authority,
        contentSubtype,
        maxReceiveMessageSize,
        maxSendMessageSize,
        attributes);
  }

  /** {@return a copy that sends this metadata, and no other, in the request's headers} */
  public CallOptions withMetadata(Metadata metadata) {
    return new CallOptions(
        timeout,
        waitForReady,
        compressor,
        Objects.requireNonNull(metadata, "metadata (for none: Metadata.EMPTY)"),
        authority,
        contentSubtype,
        maxReceiveMessageSize,
        maxSendMessageSize,
        attributes);
  }

  /**
   * {@return a copy that sends one more metadata entry} See {@link Metadata.Builder#add} for what
   * is refused.
   *
   * @throws NullPointerException when the value is null; the message names the key
   */
  public <T> CallOptions withMetadata(MetadataKey<T> key, T value) {
    return withMetadata(metadata.with(key, value));
  }

  /**
   * {@return a copy that sends this {@code :authority} in place of the channel's}
   *
   * @throws IllegalArgumentException when it is empty, or has characters that no authority has: a
   *     space, a control character, one beyond ASCII, a backslash, or one of {@code /?#@}
   */
  public CallOptions withAuthority(String authority) {
    String expected = "host or host:port";
    WireText.require("authority", authority, "/?#@\\", expected);
    return new CallOptions(
        timeout,
        waitForReady,
        compressor,
        metadata,
        authority,
        contentSubtype,
        maxReceiveMessageSize,
        maxSendMessageSize,
        attributes);
  }

  /**
   * {@return a copy that names this content-subtype in place of the method's codec} Messages are
   * marshalled by that codec all the same: for calls of raw bytes that hold another format, such as
   * {@code proto}.
   *
   * @throws IllegalArgumentException when it is empty, or has a space, a comma, a semicolon, a
   *     control character, or one beyond ASCII
   */
  public CallOptions withContentSubtype(String subtype) {
    WireText.require("content-subtype", subtype, ",;\"", "the name of a codec, such as proto");
    return new CallOptions(
        timeout,
        waitForReady,
        compressor,
        metadata,
        authority,
        subtype,
        maxReceiveMessageSize,
        maxSendMessageSize,
        attributes);
  }

  /** {@return a copy that accepts response messages of at most so many bytes, uncompressed} */
  public CallOptions withMaxReceiveMessageSize(int bytes) {
    return new CallOptions(
        timeout,
        waitForReady,
        compressor,
        metadata,
        authority,
        contentSubtype,
        requireNotNegative(bytes),
        maxSendMessageSize,
        attributes);
  }

  /** {@return a copy that sends request messages of at most so many bytes, uncompressed} */
  public CallOptions withMaxSendMessageSize(int bytes) {
    return new CallOptions(
        timeout,
        waitForReady,
        compressor,
        metadata,
        authority,
        contentSubtype,
        maxReceiveMessageSize,
        requireNotNegative(bytes),
        attributes);
  }

  /** {@return a copy with an attribute for interceptors, resolvers or balancers to see} */
  public <T> CallOptions withAttribute(Attributes.Key<T> key, T value) {
    return new CallOptions(
        timeout,
        waitForReady,
        compressor,
        metadata,
        authority,
        contentSubtype,
        maxReceiveMessageSize,
        maxSendMessageSize,
        attributes.with(key, value));
  }

  /**
   * {@return these options with what the later ones choose} Field by field the later choice wins,
   * and what they leave open stays as it is here. Metadata is sent from both, these first; an
   * attribute of the later ones replaces one of the same key.
   */
  @SuppressWarnings("ReferenceEquality") // only spares work where nothing was chosen
  public CallOptions merged(CallOptions later) {
    Objects.requireNonNull(later, "options (for none: CallOptions.DEFAULT)");
    if (this == DEFAULT || this == later) { // also spares calls without options the copy
      return later;
    }
    if (later == DEFAULT) {
      return this;
    }
    return new CallOptions(
        later.timeout == null ? timeout : later.timeout,
        later.waitForReady == null ? waitForReady : later.waitForReady,
        later.compressor == null ? compressor : later.compressor,
        metadata.merged(later.metadata),
        later.authority == null ? authority : later.authority,
        later.contentSubtype == null ? contentSubtype : later.contentSubtype,
        later.maxReceiveMessageSize < 0 ? maxReceiveMessageSize : later.maxReceiveMessageSize,
        later.maxSendMessageSize < 0 ? maxSendMessageSize : later.maxSendMessageSize,
        attributes.merged(later.attributes));
  }

  /** {@return the longest a call may take} */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** {@return whether to wait for a connection, where chosen} */
  public Optional<Boolean> waitForReady() {
    return Optional.ofNullable(waitForReady);
  }

  /** {@return the encoding that requests are compressed with, where chosen} */
  public Optional<String> compressor() {
    return Optional.ofNullable(compressor);
  }

  /** {@return what goes out in the request's headers} */
  public Metadata metadata() {
    return metadata;
  }

  /** {@return the {@code :authority}, where chosen} */
  public Optional<String> authority() {
    return Optional.ofNullable(authority);
  }

  /** {@return the content-subtype, where it is not the name of the method's codec} */
  public Optional<String> contentSubtype() {
    return Optional.ofNullable(contentSubtype);
  }

  /** {@return the limit for a response message in bytes, where chosen} */
  public OptionalInt maxReceiveMessageSize() {
    return maxReceiveMessageSize < 0 ? OptionalInt.empty() : OptionalInt.of(maxReceiveMessageSize);
  }

  /** {@return the limit for a request message in bytes, where chosen} */
  public OptionalInt maxSendMessageSize() {
    return maxSendMessageSize < 0 ? OptionalInt.empty() : OptionalInt.of(maxSendMessageSize);
  }

  /** {@return attributes for interceptors, resolvers and balancers} */
  public Attributes attributes() {
    return attributes;
  }

  private static int requireNotNegative(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("message size limit: " + bytes + " (expected: 0 or more)");
    }
    return bytes;
  }
}
