/// A complex number, for the complex-step check of a gradient.
///
/// The imaginary part carries a step of 1e-200: f(x + ih) = f(x) + ih f′(x) + …, and no subtraction
/// spoils the slope. (Squire & Trapp, 1998.)
package struct Complex: Hashable, Sendable {
  package var real: Double
  package var imaginary: Double

  package init(_ real: Double, _ imaginary: Double = 0) {
    self.real = real
    self.imaginary = imaginary
  }

  var isNaN: Bool { real.isNaN || imaginary.isNaN }

  package static func + (a: Complex, b: Complex) -> Complex {
    Complex(a.real + b.real, a.imaginary + b.imaginary)
  }

  package static func - (a: Complex, b: Complex) -> Complex {
    Complex(a.real - b.real, a.imaginary - b.imaginary)
  }

  package static prefix func - (a: Complex) -> Complex { Complex(-a.real, -a.imaginary) }

  package static func * (a: Complex, b: Complex) -> Complex {
    Complex(
      a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real)
  }

  /// Smith's division, which scales by the larger part of the divisor.
  package static func / (a: Complex, b: Complex) -> Complex {
    if b.real.magnitude >= b.imaginary.magnitude {
      let ratio = b.imaginary / b.real
      let divisor = b.real + b.imaginary * ratio
      return Complex(
        (a.real + a.imaginary * ratio) / divisor, (a.imaginary - a.real * ratio) / divisor)
    }
    let ratio = b.real / b.imaginary
    let divisor = b.real * ratio + b.imaginary
    return Complex(
      (a.real * ratio + a.imaginary) / divisor, (a.imaginary * ratio - a.real) / divisor)
  }

  static func exp(_ z: Complex) -> Complex {
    let scale = Real.exp(z.real)
    return Complex(scale * Real.cos(z.imaginary), scale * Real.sin(z.imaginary))
  }

  static func ln(_ z: Complex) -> Complex {
    // The magnitude differs from the real part by a square of the step: nothing at 1e-200.
    let size = z.imaginary.magnitude < 1e-100 ? z.real.magnitude : magnitude(z)
    return Complex(Real.ln(size), Real.arctangent(z.imaginary, z.real))
  }

  private static func magnitude(_ z: Complex) -> Double {
    (z.real * z.real + z.imaginary * z.imaginary).squareRoot()
  }

  static func squareRoot(_ z: Complex) -> Complex {
    guard z.real > 0 else {
      return z.imaginary == 0 ? Complex(z.real.squareRoot()) : exp(Complex(0.5) * ln(z))
    }
    let root = z.real.squareRoot()
    return Complex(root, z.imaginary / (2 * root))
  }

  static func sin(_ z: Complex) -> Complex {
    Complex(
      Real.sin(z.real) * Real.cosh(z.imaginary), Real.cos(z.real) * Real.sinh(z.imaginary))
  }

  static func cos(_ z: Complex) -> Complex {
    Complex(
      Real.cos(z.real) * Real.cosh(z.imaginary), -Real.sin(z.real) * Real.sinh(z.imaginary))
  }

  /// tanh z = (1 - e^-2z) / (1 + e^-2z) for a positive real part, so that nothing overflows.
  static func tanh(_ z: Complex) -> Complex {
    if z.real < 0 { return -tanh(-z) }
    let t = exp(Complex(-2) * z)
    return (Complex(1) - t) / (Complex(1) + t)
  }

  static func power(_ a: Complex, _ b: Complex) -> Complex {
    if b.imaginary == 0, b.real == b.real.rounded(), b.real.magnitude <= 1024 {
      return power(a, whole: b.real)
    }
    return exp(b * ln(a))
  }

  private static func power(_ a: Complex, whole exponent: Double) -> Complex {
    var result = Complex(1)
    var square = a
    var rest = exponent.magnitude
    while rest >= 1 {
      let half = (rest / 2).rounded(.down)
      if rest - 2 * half == 1 { result = result * square }
      square = square * square
      rest = half
    }
    return exponent < 0 ? Complex(1) / result : result
  }
}
