package dev.carillon.delivery.outbox;

/** What becomes of a held delivery now that it was judged again. */
public sealed interface ReleaseDecision {

    HeldDelivery delivery();

    /** It goes, to the address that holds now. */
    record Release(HeldDelivery delivery, String address, Judged judged) implements ReleaseDecision {}

    /** It is held again. */
    record HoldAgain(HeldDelivery delivery, NewDelivery.Hold hold) implements ReleaseDecision {}

    /** It does not go any more. */
    record Withdraw(HeldDelivery delivery, String reason, String detail) implements ReleaseDecision {}
}
