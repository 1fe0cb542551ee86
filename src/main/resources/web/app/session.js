/**
 * Who is signed in. In open mode (development) everybody is the administrator of the tenant `default`.
 *
 * Told as `change` events when it becomes somebody else, or nobody: the shell then shows the sign-in page.
 */
class Session extends EventTarget {
  #known = null;

  get signedIn() {
    return this.#known !== null;
  }

  get tenant() {
    return this.#known?.tenant ?? null;
  }

  get open() {
    return this.#known?.open ?? false;
  }

  get csrfToken() {
    return this.#known?.csrfToken ?? null;
  }

  get expiresAt() {
    return this.#known?.expiresAt ?? null;
  }

  get roles() {
    return this.#known?.roles ?? [];
  }

  /** Whether one of these roles is the user's. What it guards is refused by the server, too. */
  can(...roles) {
    return roles.some(role => this.roles.includes(role));
  }

  /** Asks the service who this is. Rejects where it cannot be reached. */
  async check() {
    const answer = await fetch('/api/v1/session', { headers: { Accept: 'application/json' }, cache: 'no-store' });
    if (answer.ok) {
      this.#set(await answer.json());
    } else if (answer.status === 401) {
      this.lost();
    } else {
      throw new Error(`HTTP ${answer.status}`);
    }
  }

  started(known) {
    this.#set(known);
  }

  /** The service does not know us any more. */
  lost() {
    if (this.#known !== null) {
      this.#set(null);
    }
  }

  #set(known) {
    const before = who(this.#known);
    this.#known = known;
    if (who(known) !== before) {
      this.dispatchEvent(new Event('change'));
    }
  }
}

const who = known => known && `${known.tenant} ${known.roles}`;

export const session = new Session();
