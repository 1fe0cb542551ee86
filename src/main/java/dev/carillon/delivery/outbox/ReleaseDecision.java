package dev.carillon.delivery.outbox;

/** What happens to a held delivery after its re-evaluation. */
public sealed interface ReleaseDecision {

    HeldDelivery delivery();

    /** It goes out, to the current address. */
    record Release(HeldDelivery delivery, String address, DecisionBasis judged) implements ReleaseDecision {}

    /** It is held again. */
    record HoldAgain(HeldDelivery delivery, NewDelivery.Hold hold) implements ReleaseDecision {}

    /** It is withdrawn. */
    record Withdraw(HeldDelivery delivery, String reason, String detail) implements ReleaseDecision {}
}
