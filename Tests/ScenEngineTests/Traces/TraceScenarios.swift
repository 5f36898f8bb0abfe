/// Scenarios in which much goes wrong.
enum TraceScenarios {
    /// Losses, queues, rules, pauses, partitions, crashes and recoveries, and expectations that see them.
    static let weather = """
        scenario: Rough weather
        network:
          links: fair-loss
          loss: 20%
          duplicate: 10%
          fifo: true
          bandwidth: 200 per second
          between: [{link: a -> c, loss: 0%}]
          rules:
            - {message: Beat, to: c, delay: 3ms, only: every 2}
            - {message: Beat, from: c, duplicate: 30%}
        timing: {latency: 1ms..20ms, pauses: {every: exponential(40ms), for: 5ms..30ms}}
        nodes: {names: [a, b, c], model: crash-recovery}
        faulty: {b: {crash: {between: 10ms..60ms}, recover: 90ms}}
        timeline:
          - {at: 20ms, partition: [[a], [b, c]], for: 40ms}
          - {at: 70ms, pause: a, for: 20ms}
          - {at: 75ms, cut: a -> c, for: 10ms}
          - {at: 110ms, latency: 30ms, for: 10ms}
          - {when: "any(p.beats >= 6 for p in nodes)", crash: "{p for p in nodes if p.beats >= 6}", for: 20ms}
        algorithm:
          messages: {Beat: {number: int}}
          stable: {beats: 0}
          state: {lucky: false, total: 0}
          on start: |
            set timer Tick(1) after 10ms
          on recover: |
            set timer Tick(0) after 5ms
          on timer Tick(k): |
            choose x in 1..6
            lucky = x == 6
            beats += 1
            send Beat(k) to others
            set timer Tick(k + 1) after 10ms
          on Beat(number) from p: |
            total += number
        run: {simulate: {runs: 40, for: 200ms}}
        expect:
          nobody counts far: {never: any(p.total > 40 for p in nodes)}
          nobody is lucky: {never: any(p.lucky and p.beats > 3 for p in nodes)}
          all are up: {always: all(p.up for p in nodes)}
          not after 101 ms: {always: time < 101ms}
          much in the end: {finally: sum(p.total for p in nodes) > 10000}
          all hear much: {eventually: all(p.total > 1000 for p in nodes)}

        """
}
