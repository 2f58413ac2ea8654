package grpc.kernel.pick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.CallOptions;
import grpc.api.Status;
import grpc.api.StatusCode;
import grpc.kernel.call.AnsweringPolicy;
import grpc.kernel.call.TestCalls;
import grpc.spi.balancer.PickResult;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What calls see of the statuses that pickers give (A54), and which of them end a patient call. */
@Timeout(60)
class ControlPlaneStatusTest {
  /** Those that only applications may give, in A54's order; OK is no reason to fail. */
  private static final Set<StatusCode> OF_APPLICATIONS =
      EnumSet.of(
          StatusCode.INVALID_ARGUMENT,
          StatusCode.NOT_FOUND,
          StatusCode.ALREADY_EXISTS,
          StatusCode.FAILED_PRECONDITION,
          StatusCode.ABORTED,
          StatusCode.OUT_OF_RANGE,
          StatusCode.DATA_LOSS);

  private static final Status FAILED = Status.unavailable("failed, this once");
  private static final Status DROPPED = Status.of(StatusCode.RESOURCE_EXHAUSTED, "dropped");

  private final CallOptions patient = CallOptions.DEFAULT.withWaitForReady(true);

  private static void everyCodeIsAsA54HasIt(
      Function<Status, PickResult> answer, CallOptions options) throws Exception {
    for (var code : EnumSet.complementOf(EnumSet.of(StatusCode.OK))) {
      var policy = new AnsweringPolicy(answer.apply(Status.of(code, "the policy's reason")));
      try (var calls = TestCalls.balancedBy(policy)) {
        String seen = calls.unary("hello", options).get();
        var expected = OF_APPLICATIONS.contains(code) ? StatusCode.INTERNAL : code;
        assertTrue(seen.startsWith(expected + ":"), () -> code + " became " + seen);
        assertTrue(seen.contains("the policy's reason"), seen);
        assertTrue(seen.contains(code.toString()), () -> code + " is not told: " + seen);
      }
    }
  }

  @Test
  void codesOfApplicationsBecomeInternalWhereThePickerFails() throws Exception {
    everyCodeIsAsA54HasIt(PickResult::fail, CallOptions.DEFAULT);
  }

  @Test
  void codesOfApplicationsBecomeInternalWhereThePickerDrops() throws Exception {
    everyCodeIsAsA54HasIt(PickResult::drop, CallOptions.DEFAULT);
  }

  @Test
  void dropFailsCallsThatWaitForReadyWithTheSameCodes() throws Exception {
    everyCodeIsAsA54HasIt(PickResult::drop, patient);
  }

  @Test
  void failLetsCallsThatWaitForReadyWaitForTheNextPicker() throws Exception {
    var policy = new AnsweringPolicy(PickResult.fail(FAILED));
    try (var calls = TestCalls.balancedBy(policy)) {
      var call = calls.unary("hello", patient);
      policy.awaitPick();
      policy.becomes(PickResult.drop(DROPPED));
      assertEquals(DROPPED.toString(), call.get());
    }
  }

  @Test
  void failEndsCallsThatDoNotWaitForReady() throws Exception {
    var policy = new AnsweringPolicy(PickResult.fail(FAILED));
    try (var calls = TestCalls.balancedBy(policy)) {
      assertEquals(FAILED.toString(), calls.unary("hello").get());
    }
  }
}
