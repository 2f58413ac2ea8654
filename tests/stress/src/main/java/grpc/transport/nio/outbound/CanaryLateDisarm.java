package grpc.transport.nio.outbound;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Fails: {@link PutDrain} where the wait for the socket ends after the role was given up. */
@JCStressTest
@Outcome(id = "false", expect = ACCEPTABLE, desc = "written, or the socket is watched")
@State
public class CanaryLateDisarm {
  private final FlawedOutbox outbox = new FlawedOutbox(FlawedOutbox.Flaw.DISARM_AFTER_RELEASE, 0);

  /** An outbox whose first letter waits for the socket. */
  public CanaryLateDisarm() {
    outbox.put(0);
  }

  @Actor
  public void put() {
    outbox.put(1);
  }

  @Actor
  public void writable() {
    outbox.onWritable();
  }

  @Arbiter
  public void outcome(Z_Result r) {
    r.r1 = outbox.isStuck();
  }
}
