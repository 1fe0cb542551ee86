package dev.carillon.delivery.outbox;

/** What becomes of a held parcel now that it was judged again. */
public sealed interface Clearance {

    HeldParcel parcel();

    /** It goes, to the address that holds now. */
    record Go(HeldParcel parcel, String address, Judged judged) implements Clearance {
    }

    /** It is held again. */
    record Wait(HeldParcel parcel, Consignment.Hold hold) implements Clearance {
    }

    /** It does not go any more. */
    record Withdraw(HeldParcel parcel, String reason, String detail) implements Clearance {
    }
}
