package grpc.transport.nio.outbound;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/** Passes: {@link PutDrain} on the outbox that the canaries share, with no rule broken. */
@JCStressTest
@Outcome(id = "false, 1, 1", expect = ACCEPTABLE, desc = "each framed once")
@State
public class CanaryControl {
  private final FlawedOutbox outbox = new FlawedOutbox(FlawedOutbox.Flaw.NONE, 0);

  /** An outbox whose first letter waits for the socket. */
  public CanaryControl() {
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
  public void outcome(ZII_Result r) {
    r.r1 = outbox.isStuck();
    outbox.onWritable();
    r.r2 = outbox.framed(0);
    r.r3 = outbox.framed(1);
  }
}
