/** Hubs that tell of news (WebSub, W3C Recommendation 23 January 2018): what the core keeps of them, and the two small ports. */
import type { Feed, Instant } from './model.ts';

/** A feed's subscription at its hub. */
export interface Push {
  readonly feedId: string;
  readonly hub: string;
  /** The address the hub knows the feed by. */
  readonly topic: string;
  /** The unguessable last part of the callback's address. */
  readonly token: string;
  /** Signs what the hub sends (§5.1.1). */
  readonly secret: string;
  /** `asked` until the hub has verified that we meant it; `denied` where it refused. */
  readonly state: 'asked' | 'active' | 'denied';
  /** Times asked since the hub last confirmed. */
  readonly tries: number;
  /** When the hub is asked again: to renew a lease, or because it never answered. */
  readonly nextTryAt: Instant;
  /** The end of the lease; absent until the hub has confirmed. */
  readonly expiresAt?: Instant;
}

/** A feed that somebody lists unpaused and whose document names a hub. */
export interface PushWish {
  readonly feed: Feed;
  /** Absent where its hub was never asked. */
  readonly push?: Push;
}

/** A subscription as it is found by its token. */
interface FoundPush {
  readonly push: Push;
  /** False where nobody lists the feed unpaused any more. */
  readonly isWanted: boolean;
  /** The last check of the feed; absent before the first. */
  readonly checkedAt?: Instant;
}

export interface PushStore {
  /** Feeds whose hub is to be asked at `now`, because it never was, another one is named, or its time has come. */
  duePushes(now: Instant, limit: number): Promise<PushWish[]>;
  /** Keeps a feed's one subscription. */
  savePush(push: Push): Promise<void>;
  findPush(token: string): Promise<FoundPush | undefined>;
  /** Makes a feed due at `at`, or when its server's quiet ends; false where it is due sooner anyway. */
  hastenCheck(feedId: string, at: Instant): Promise<boolean>;
}

/** A request that came to the callback of a subscription. */
export interface PushRequest {
  readonly method: string;
  readonly token: string;
  readonly query: URLSearchParams;
  /** The header X-Hub-Signature (§7.1); absent where there was none. */
  readonly signature?: string;
  readonly body: Uint8Array;
}

/** Speaks with hubs; what they send is only ever taken for a hint to look at the feed itself. */
export interface Pushes {
  /** Asks hubs for what is due: first subscriptions and renewals. */
  renew(signal: AbortSignal): Promise<void>;
  /** The answer to a hub. */
  answer(request: PushRequest): Promise<{ readonly status: number; readonly text: string }>;
}
