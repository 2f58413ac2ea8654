package interop.faults;

import com.google.protobuf.ByteString;
import grpc.api.CallOptions;
import grpc.api.Channel;
import grpc.api.StatusCode;
import grpc.api.StatusException;
import interop.proto.Payload;
import interop.proto.ResponseParameters;
import interop.proto.SimpleRequest;
import interop.proto.StreamingOutputCallRequest;
import interop.proto.TestServiceClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Virtual threads that call all the time, in every way, and look how each call ends: with OK and
 * what was asked for, UNAVAILABLE or DEADLINE_EXCEEDED, and not long after its deadline.
 */
final class Callers {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  /** How long after its deadline a call may end on a machine that is busy with other things. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  private static final int LARGE = 300_000;
  private static final int MESSAGES = 20;

  private final TestServiceClient client;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<StatusCode, Integer> ends = new EnumMap<>(StatusCode.class);
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /** So many callers, which begin at once. */
  Callers(Channel channel, int count, Random random) {
    this.client = new TestServiceClient(channel);
    for (int i = 0; i < count; i++) {
      var own = new Random(random.nextLong());
      threads.add(Thread.ofVirtual().name("caller-" + i).start(() -> callOn(own)));
    }
  }

  /** {@return what was wrong with calls so far} */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** {@return how many calls ended with each code} */
  synchronized Map<StatusCode, Integer> ends() {
    return new EnumMap<>(ends);
  }

  private void callOn(Random random) {
    while (!stopped) {
      long start = System.nanoTime();
      var code = call(random);
      synchronized (this) {
        ends.merge(code, 1, Integer::sum);
      }
      long took = System.nanoTime() - start;
      if (took > DEADLINE.plus(SLACK).toNanos()) {
        faults.add(
            "a call ended with %s after %d ms (expected: by its deadline of %d ms)"
                .formatted(code, TimeUnit.NANOSECONDS.toMillis(took), DEADLINE.toMillis()));
      }
      if (code != StatusCode.OK) {
        pause(random);
      }
    }
  }

  /** A caller that is refused does not spin. */
  private static void pause(Random random) {
    try {
      TimeUnit.MILLISECONDS.sleep(10 + random.nextInt(40));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody has this thread to interrupt it
    }
  }

  private StatusCode call(Random random) {
    var options = CallOptions.deadline(DEADLINE).withWaitForReady(random.nextBoolean());
    var bounded = client.with(options);
    try {
      switch (random.nextInt(4)) {
        case 0 -> unary(bounded, random.nextInt(100));
        case 1 -> unary(bounded, LARGE);
        case 2 -> responses(bounded, random.nextInt(LARGE / MESSAGES));
        default -> talk(bounded, random.nextInt(1_000));
      }
      return StatusCode.OK;
    } catch (StatusException e) {
      switch (e.code()) {
        case UNAVAILABLE, DEADLINE_EXCEEDED -> {}
        default -> faults.add("a call ended with " + e.status());
      }
      return e.code();
    }
  }

  private void check(int expected, ByteString body) {
    if (body.size() != expected) {
      faults.add("a message of %d bytes (expected: %d)".formatted(body.size(), expected));
    }
  }

  private static Payload payload(int size) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
  }

  private void unary(TestServiceClient bounded, int size) {
    var request = SimpleRequest.newBuilder().setPayload(payload(size)).setResponseSize(size);
    check(size, bounded.unaryCall(request.build()).getPayload().getBody());
  }

  private void responses(TestServiceClient bounded, int size) {
    var request = StreamingOutputCallRequest.newBuilder();
    for (int i = 0; i < MESSAGES; i++) {
      request.addResponseParameters(ResponseParameters.newBuilder().setSize(size));
    }
    int count = 0;
    try (var call = bounded.streamingOutputCall(request.build())) {
      for (var response : call) {
        check(size, response.getPayload().getBody());
        count++;
      }
    }
    if (count != MESSAGES) {
      faults.add("%d messages and OK (expected: %d)".formatted(count, MESSAGES));
    }
  }

  private void talk(TestServiceClient bounded, int size) {
    var request =
        StreamingOutputCallRequest.newBuilder()
            .setPayload(payload(size))
            .addResponseParameters(ResponseParameters.newBuilder().setSize(size))
            .build();
    try (var call = bounded.fullDuplexCall()) {
      for (int i = 0; i < MESSAGES && call.send(request); i++) {
        var response = call.receive();
        if (response.isEmpty()) {
          faults.add("the server ended a conversation with OK");
          return;
        }
        check(size, response.get().getPayload().getBody());
      }
      call.halfClose();
      if (call.receive().isPresent()) {
        faults.add("a message after the last");
      }
    }
  }

  /** Waits until each has ended the call that it makes. */
  void stop() throws InterruptedException {
    stopped = true;
    for (var thread : threads) {
      if (!thread.join(DEADLINE.plus(SLACK))) {
        faults.add(thread.getName() + " waits for a call that does not end");
      }
    }
  }
}
