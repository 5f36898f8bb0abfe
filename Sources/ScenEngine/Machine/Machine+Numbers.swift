import ScenModel

#if canImport(Glibc)
    import Glibc
#endif

extension Machine {
    func calculate(_ i: Instruction, _ r: UnsafeMutablePointer<Int>) -> StepResult {
        let a = Int(i.a)
        let x = Word(bits: r[Int(i.b)]).number
        let y = Word(bits: r[Int(i.c)]).number
        switch i.opcode {
        case .multiplyInt:
            let (product, overflow) = x.multipliedReportingOverflow(by: y)
            return overflow ? fail(.overflow) : put(number: product, r, a)
        case .divInt, .modInt:
            guard y != 0 else { return fail(.divisionByZero) }
            // Both floor: the remainder has the sign of the divisor.
            let (quotient, remainder) = x.quotientAndRemainder(dividingBy: y)
            let isBelow = remainder != 0 && (remainder < 0) != (y < 0)
            if i.opcode == .divInt { return put(number: isBelow ? quotient - 1 : quotient, r, a) }
            return put(number: isBelow ? remainder + y : remainder, r, a)
        case .powerInt:
            guard y >= 0 else { return fail(.negativeExponent) }
            guard let power = power(x, y) else { return fail(.overflow) }
            return put(number: power, r, a)
        case .negateInt: return put(number: 0 - x, r, a)
        case .absInt: return put(number: abs(x), r, a)
        case .toReal: return put(arena.real(Double(x)), r, a)
        case .sum: return sum(i, r)
        case .checkRange:
            let low = state.pointee.constants[i.wide]
            let high = state.pointee.constants[i.wide + 1]
            return r[a] >= low && r[a] <= high ? .done : fail(.rangeViolated)
        case .checkDelay: return r[a] >= 0 ? .done : fail(.negativeDelay)
        case .checkNotNone: return r[a] != Word.none.bits ? .done : fail(.noneUsed)
        case .failAssertion: return fail(.assertionFailed)
        case .failTooLarge: return fail(.tooManyRegisters)
        case .failNoValue: return fail(.noValue)
        default: return calculateReals(i, r)
        }
    }

    private func calculateReals(_ i: Instruction, _ r: UnsafeMutablePointer<Int>) -> StepResult {
        let a = Int(i.a)
        let x = Word(bits: r[Int(i.b)])
        let y = Word(bits: r[Int(i.c)])
        switch i.opcode {
        case .addReal: return put(real: arena.real(x) + arena.real(y), r, a)
        case .subtractReal: return put(real: arena.real(x) - arena.real(y), r, a)
        case .multiplyReal: return put(real: arena.real(x) * arena.real(y), r, a)
        case .divideReal:
            let divisor = arena.real(y)
            return divisor == 0 ? fail(.divisionByZero) : put(real: arena.real(x) / divisor, r, a)
        case .powerReal: return put(real: pow(arena.real(x), arena.real(y)), r, a)
        case .negateReal: return put(real: -arena.real(x), r, a)
        case .absReal: return put(real: abs(arena.real(x)), r, a)
        case .floorReal: return put(whole: arena.real(x), .down, r, a)
        case .ceilReal: return put(whole: arena.real(x), .up, r, a)
        case .roundReal: return put(whole: arena.real(x), .toNearestOrAwayFromZero, r, a)
        case .scaleDuration:
            return put(whole: Double(x.number) * arena.real(y), .toNearestOrAwayFromZero, r, a)
        case .sumReal:
            let (start, count, stride) = arena.elements(of: x)
            arena.charge(count)
            var total = 0.0
            for index in 0..<count { total += arena.real(Word(bits: start[index * stride])) }
            return put(real: total, r, a)
        default: return askWorld(i, r)
        }
    }

    private func sum(_ i: Instruction, _ r: UnsafeMutablePointer<Int>) -> StepResult {
        let (start, count, stride) = arena.elements(of: Word(bits: r[Int(i.b)]))
        arena.charge(count)
        var total = 0
        for index in 0..<count {
            let (sum, overflow) = total.addingReportingOverflow(start[index * stride])
            if overflow { return fail(.overflow) }
            total = sum
        }
        r[Int(i.a)] = total
        return .done
    }

    /// By squaring; stops as soon as it is too large, so that a large exponent costs nothing.
    private func power(_ base: Int, _ exponent: Int) -> Int? {
        var result = 1
        var square = base
        var left = exponent
        while true {
            if left & 1 == 1 {
                let (product, overflow) = result.multipliedReportingOverflow(by: square)
                if overflow { return nil }
                result = product
            }
            left >>= 1
            if left == 0 { return result }
            let (product, overflow) = square.multipliedReportingOverflow(by: square)
            if overflow { return nil }
            square = product
        }
    }

    private func put(number: Int, _ r: UnsafeMutablePointer<Int>, _ a: Int) -> StepResult {
        guard number >= Word.smallest, number <= Word.largest else { return fail(.overflow) }
        r[a] = Word(number).bits
        return .done
    }

    private func put(real number: Double, _ r: UnsafeMutablePointer<Int>, _ a: Int) -> StepResult {
        guard number.isFinite else { return fail(.notFinite) }
        return put(arena.real(number), r, a)
    }

    private func put(
        whole number: Double, _ rule: FloatingPointRoundingRule, _ r: UnsafeMutablePointer<Int>, _ a: Int
    ) -> StepResult {
        let rounded = number.rounded(rule)
        guard rounded >= -0x1p62, rounded < 0x1p62 else { return fail(.overflow) }
        r[a] = Word(Int(rounded)).bits
        return .done
    }
}
