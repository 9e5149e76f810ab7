// The figure of the home page: one order, three attempts, on the lanes that every live part uses.
import styles from './three-attempts.module.css';

export function ThreeAttempts() {
  return (
    <figure className={styles.figure}>
      <div className={styles.lanes} aria-hidden="true">
        <span className={styles.label}>Lambda’s queue</span>
        <div className={styles.track}>
          <span className={styles.wait} style={{ left: '19%', width: '22%' }}>
            wait 1 min
          </span>
          <span className={styles.wait} style={{ left: '47%', width: '38%' }}>
            wait 2 min
          </span>
        </div>
        <span className={styles.label}>Environment</span>
        <div className={styles.track}>
          <span className={styles.cold} style={{ left: 0, width: '12.5%' }}>
            init
          </span>
          <span className={styles.fault} style={{ left: '13%', width: '5.5%' }}>
            ✕
          </span>
          <span className={styles.ash} style={{ left: '19%', width: '22%' }}>
            frozen
          </span>
          <span className={styles.fault} style={{ left: '41.5%', width: '5.5%' }}>
            ✕
          </span>
          <span className={styles.ash} style={{ left: '47.5%', width: '37.5%' }}>
            frozen
          </span>
          <span className={styles.warm} style={{ left: '85.5%', width: '14.5%' }}>
            paid
          </span>
        </div>
        <span />
        <div className={styles.axis}>
          <span style={{ left: 0 }}>0:00</span>
          <span style={{ left: '41.5%' }}>1:00</span>
          <span style={{ left: '85.5%' }}>3:00</span>
        </div>
        <div className={styles.cursorTrack}>
          <span className={styles.cursor} />
        </div>
      </div>
      <figcaption>
        One order, three attempts, three minutes. The customer read “thank you” before the first one. In the lesson you run this, stop the
        clock, and ask why.
      </figcaption>
    </figure>
  );
}
