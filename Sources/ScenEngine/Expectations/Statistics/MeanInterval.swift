import Glibc

/// Student's interval for a mean of values without known bounds. It rests on the mean of so many values being nearly normal,
/// which holds in the end if their variance is finite, and which no sample can prove. Values that are too skewed for
/// their number get none.
package struct MeanInterval: Sendable, Hashable {
    package var mean: Double
    /// Nil if the values are too few or too skewed.
    package var interval: ClosedRange<Double>?

    /// `values` is not empty.
    package init(_ values: [Double], confidence: Double) {
        let count = Double(values.count)
        mean = values.reduce(0, +) / count
        var squares = 0.0
        var cubes = 0.0
        for value in values {
            let distance = value - mean
            squares += distance * distance
            cubes += distance * distance * distance
        }
        guard values.count >= 2 else { return }
        let deviation = (squares / count).squareRoot()
        let skewness = deviation > 0 ? cubes / count / (deviation * deviation * deviation) : 0
        guard count >= Self.enough(skewness, confidence: confidence) else { return }
        let error = (squares / (count - 1) / count).squareRoot()
        let reach = error * StudentT.quantile(confidence: confidence, freedom: count - 1)
        interval = (mean - reach)...(mean + reach)
    }

    /// How many values keep the interval's promise. Skewness g moves the chance of either tail of Student's t by about
    /// g (2 z² + 1) φ(z) / (6 √n) (Edgeworth; Hall, "The Bootstrap and Edgeworth Expansion", 1992, section 2.6), where z is the
    /// normal quantile of the tail: so many keep that below the tail itself. At 99.9% that is 180 g², and never fewer than 28
    /// (Sugden, Smith and Jones 2000).
    package static func enough(_ skewness: Double, confidence: Double) -> Double {
        let tail = (1 - confidence) / 2
        let z = StudentT.quantile(confidence: confidence, freedom: 1e6)
        let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
        let shift = skewness * (2 * z * z + 1) * density / 6
        return max(28, shift * shift / (tail * tail))
    }
}

package enum StudentT {
    /// The t with P(|T| < t) = `confidence`, which is I_x(1 / 2, f / 2) with x = t² / (f + t²).
    package static func quantile(confidence: Double, freedom: Double) -> Double {
        let x = IncompleteBeta.quantile(confidence, 0.5, freedom / 2)
        return (freedom * x / (1 - x)).squareRoot()
    }
}
