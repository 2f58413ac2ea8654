package grpc.api;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The options of one call or several. Immutable: each {@code with} method returns a copy. The
 * options that a call leaves open come from its client, then from the channel's default options and
 * the service config.
 */
public final class CallOptions {
  /** Options that leave every value open. */
  public static final CallOptions DEFAULT = new CallOptions(new Builder());

  private final @Nullable Duration timeout;
  private final @Nullable Deadline deadline;
  private final @Nullable Boolean waitForReady;
  private final @Nullable String compressor;
  private final Metadata metadata;
  private final @Nullable String authority;
  private final @Nullable String contentSubtype;
  private final @Nullable CallCredentials callCredentials;
  private final int maxReceiveMessageSize;
  private final int maxSendMessageSize;
  private final Attributes attributes;

  private CallOptions(Builder from) {
    timeout = from.timeout;
    deadline = from.deadline;
    waitForReady = from.waitForReady;
    compressor = from.compressor;
    metadata = from.metadata;
    authority = from.authority;
    contentSubtype = from.contentSubtype;
    callCredentials = from.callCredentials;
    maxReceiveMessageSize = from.maxReceiveMessageSize;
    maxSendMessageSize = from.maxSendMessageSize;
    attributes = from.attributes;
  }

  /** The fields of a copy that is being made. A limit of -1 is one that is not chosen. */
  private static final class Builder {
    private @Nullable Duration timeout;
    private @Nullable Deadline deadline;
    private @Nullable Boolean waitForReady;
    private @Nullable String compressor;
    private Metadata metadata = Metadata.EMPTY;
    private @Nullable String authority;
    private @Nullable String contentSubtype;
    private @Nullable CallCredentials callCredentials;
    private int maxReceiveMessageSize = -1;
    private int maxSendMessageSize = -1;
    private Attributes attributes = Attributes.EMPTY;
  }

  private Builder copy() {
    var copy = new Builder();
    copy.timeout = timeout;
    copy.deadline = deadline;
    copy.waitForReady = waitForReady;
    copy.compressor = compressor;
    copy.metadata = metadata;
    copy.authority = authority;
    copy.contentSubtype = contentSubtype;
    copy.callCredentials = callCredentials;
    copy.maxReceiveMessageSize = maxReceiveMessageSize;
    copy.maxSendMessageSize = maxSendMessageSize;
    copy.attributes = attributes;
    return copy;
  }

  /**
   * {@return these options, with the defaults' value for each option left open} Each field is taken
   * by itself. Metadata is sent from both, that of the defaults first; an attribute of these
   * options replaces one of the same key.
   */
  @SuppressWarnings("ReferenceEquality") // spares calls without options of their own the copy
  public CallOptions orElse(CallOptions defaults) {
    Objects.requireNonNull(defaults, "defaults (for none: CallOptions.DEFAULT)");
    if (this == DEFAULT || this == defaults) {
      return defaults;
    }
    if (defaults == DEFAULT) {
      return this;
    }
    var both = new Builder();
    both.timeout = timeout == null ? defaults.timeout : timeout;
    both.deadline = deadline == null ? defaults.deadline : deadline;
    both.waitForReady = waitForReady == null ? defaults.waitForReady : waitForReady;
    both.compressor = compressor == null ? defaults.compressor : compressor;
    both.metadata = defaults.metadata.merged(metadata);
    both.authority = authority == null ? defaults.authority : authority;
    both.contentSubtype = contentSubtype == null ? defaults.contentSubtype : contentSubtype;
    both.callCredentials = callCredentials == null ? defaults.callCredentials : callCredentials;
    both.maxReceiveMessageSize =
        maxReceiveMessageSize < 0 ? defaults.maxReceiveMessageSize : maxReceiveMessageSize;
    both.maxSendMessageSize =
        maxSendMessageSize < 0 ? defaults.maxSendMessageSize : maxSendMessageSize;
    both.attributes = defaults.attributes.merged(attributes);
    return new CallOptions(both);
  }

  /** {@return options with only this timeout: each call ends at most this long after its start} */
  public static CallOptions timeout(Duration timeout) {
    return DEFAULT.withTimeout(timeout);
  }

  /**
   * {@return a copy whose calls each end at most this long after their start} A call that takes
   * longer ends with DEADLINE_EXCEEDED. If there is a {@link #withDeadline deadline} too, the
   * earlier of the two ends the call. A timeout that is not positive ends the call before it is
   * sent.
   */
  public CallOptions withTimeout(Duration timeout) {
    var copy = copy();
    copy.timeout = Objects.requireNonNull(timeout, "timeout");
    return new CallOptions(copy);
  }

  /**
   * {@return a copy whose calls all end by this moment} Use it for several calls that share one
   * deadline: {@code withDeadline(Deadline.after(Duration.ofSeconds(2)))}. If there is a {@link
   * #withTimeout timeout} too, the earlier of the two ends the call.
   */
  public CallOptions withDeadline(Deadline deadline) {
    var copy = copy();
    copy.deadline = Objects.requireNonNull(deadline, "deadline");
    return new CallOptions(copy);
  }

  /**
   * {@return a copy that waits for a connection, or does not} A call that does not wait fails with
   * UNAVAILABLE while the channel is in TRANSIENT_FAILURE; one that waits fails only by its
   * deadline.
   */
  public CallOptions withWaitForReady(boolean waitForReady) {
    var copy = copy();
    copy.waitForReady = waitForReady;
    return new CallOptions(copy);
  }

  /**
   * {@return a copy that compresses requests with this encoding, for example {@code gzip}}
   *
   * @throws IllegalArgumentException when the name has a space, a comma, a control character, or a
   *     character beyond ASCII
   */
  public CallOptions withCompressor(String encoding) {
    WireText.require("compressor", encoding, ",;\"", "the name of an encoding, such as gzip");
    var copy = copy();
    copy.compressor = encoding;
    return new CallOptions(copy);
  }

  /** {@return a copy that sends this metadata, and no other, in the request's headers} */
  public CallOptions withMetadata(Metadata metadata) {
    var copy = copy();
    copy.metadata = Objects.requireNonNull(metadata, "metadata (for none: Metadata.EMPTY)");
    return new CallOptions(copy);
  }

  /**
   * {@return a copy that sends one more metadata entry} {@link Metadata.Builder#add} lists the
   * refused values.
   *
   * @throws NullPointerException when the value is null; the message names the key
   */
  public <T> CallOptions withMetadata(MetadataKey<T> key, T value) {
    return withMetadata(metadata.with(key, value));
  }

  /**
   * {@return a copy that sends this {@code :authority} in place of the channel's}
   *
   * @throws IllegalArgumentException when it is empty, or has a space, a control character, a
   *     character beyond ASCII, a backslash, or one of {@code /?#@}
   */
  public CallOptions withAuthority(String authority) {
    WireText.require("authority", authority, "/?#@\\", "host or host:port");
    var copy = copy();
    copy.authority = authority;
    return new CallOptions(copy);
  }

  /**
   * {@return a copy that names this content-subtype in place of the method's codec} The method's
   * codec still marshals the messages. Use it for calls of raw bytes in another format, such as
   * {@code proto}.
   *
   * @throws IllegalArgumentException when it is empty, or has a space, a comma, a semicolon, a
   *     control character, or a character beyond ASCII
   */
  public CallOptions withContentSubtype(String subtype) {
    WireText.require("content-subtype", subtype, ",;\"", "the name of a codec, such as proto");
    var copy = copy();
    copy.contentSubtype = subtype;
    return new CallOptions(copy);
  }

  /**
   * {@return a copy that proves the caller's identity with these credentials} The kernel asks them
   * for each attempt, after those of the channel ({@code GrpcChannelBuilder.callCredentials}). They
   * replace credentials of the channel's default options.
   */
  public CallOptions withCallCredentials(CallCredentials credentials) {
    var copy = copy();
    copy.callCredentials = Objects.requireNonNull(credentials, "credentials");
    return new CallOptions(copy);
  }

  /**
   * {@return a copy that accepts response messages of at most this many bytes, uncompressed}
   *
   * @throws IllegalArgumentException when it is negative
   */
  public CallOptions withMaxReceiveMessageSize(int bytes) {
    var copy = copy();
    copy.maxReceiveMessageSize = requireNotNegative(bytes);
    return new CallOptions(copy);
  }

  /**
   * {@return a copy that sends request messages of at most this many bytes, uncompressed}
   *
   * @throws IllegalArgumentException when it is negative
   */
  public CallOptions withMaxSendMessageSize(int bytes) {
    var copy = copy();
    copy.maxSendMessageSize = requireNotNegative(bytes);
    return new CallOptions(copy);
  }

  /** {@return a copy with one more attribute for interceptors, resolvers and balancers} */
  public <T> CallOptions withAttribute(Attributes.Key<T> key, T value) {
    var copy = copy();
    copy.attributes = attributes.with(key, value);
    return new CallOptions(copy);
  }

  /** {@return the longest that a call may take, if chosen} */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** {@return the moment by which a call must have ended, if chosen} */
  public Optional<Deadline> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** {@return whether to wait for a connection, if chosen} */
  public Optional<Boolean> waitForReady() {
    return Optional.ofNullable(waitForReady);
  }

  /** {@return the encoding that requests are compressed with, if chosen} */
  public Optional<String> compressor() {
    return Optional.ofNullable(compressor);
  }

  /** {@return the metadata to send in the request's headers} */
  public Metadata metadata() {
    return metadata;
  }

  /** {@return the {@code :authority}, if chosen} */
  public Optional<String> authority() {
    return Optional.ofNullable(authority);
  }

  /** {@return the content-subtype, if it is not the name of the method's codec} */
  public Optional<String> contentSubtype() {
    return Optional.ofNullable(contentSubtype);
  }

  /** {@return the proof of the caller's identity, if chosen; the channel's own comes on top} */
  public Optional<CallCredentials> callCredentials() {
    return Optional.ofNullable(callCredentials);
  }

  /** {@return the limit for a response message in bytes, if chosen} */
  public OptionalInt maxReceiveMessageSize() {
    return maxReceiveMessageSize < 0 ? OptionalInt.empty() : OptionalInt.of(maxReceiveMessageSize);
  }

  /** {@return the limit for a request message in bytes, if chosen} */
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
