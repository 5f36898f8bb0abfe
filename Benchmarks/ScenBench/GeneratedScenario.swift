/// A scenario of 60 lines that uses most of what a checker has to look at; each index gives another one.
enum GeneratedScenario {
    static func text(_ index: Int) -> String {
        """
        scenario: Generated scenario \(index)
        description: >
          Nodes exchange votes in rounds of retries, count them, and decide by majority when
          enough of them have been heard.
        tags: [generated, group\(index % 7)]

        parameters:
          n: [3, 4, \(5 + index % 3)]
          attempts: 1..\(2 + index % 4)
        where: attempts < n

        network: {links: fair-loss, loss: \(1 + index % 50)%, duplicate: 5%}
        timing: {model: asynchronous, latency: exponential(\(1 + index % 20)ms)}
        nodes: n
        faulty: {up-to: 1}

        algorithm:
          constants:
            quorum: n div 2 + 1
          types:
            vote: [yes, no]
            entry: {value: vote, round: int}
          input: vote
          decides: vote
          messages:
            Vote: {value: vote, round: int}
            Ack: {round: int}
          state:
            votes: map of node to vote
            acks: set of node
            log: list of entry
            round: 0
          functions:
            enough(s): len(s) >= quorum
            tally(v): count(p for p in nodes if votes.get(p, no) == v)
          on start: |
            votes[me] = input
            round = 1
            send Vote(input, round) to others
            set timer Retry(1) after 20ms
          on Vote(value, r) from p: |
            if p not in votes or votes[p] != value:
              votes[p] = value
              append entry(value=value, round=r) to log
            send Ack(r) to p
          on Ack(r) from p: |
            if r == round:
              add p to acks
          on timer Retry(i): |
            if not enough(acks) and i < attempts:
              send Vote(input, round) to {p for p in others if p not in acks}
              set timer Retry(i + 1) after 20ms
          when len(votes) >= quorum: |
            decide yes if tally(yes) > tally(no) else no
        inputs: any
        run: {simulate: \(100 + index)}
        expect:
          validity: holds
          integrity: holds
          logs stay short: {always: all(len(p.log) <= n * attempts + \(index) for p in nodes)}
        """ + "\n"
    }
}
