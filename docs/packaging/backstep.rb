# UNTESTED: nobody has installed this with Homebrew yet. The program has been built on Linux only;
# it reads /proc to find itself and imports Glibc, so that on macOS it does not compile as it is.
# This is meant for Homebrew on Linux, from a folder that holds a release archive:
#
#   brew install --build-from-source ./backstep.rb
class Backstep < Formula
  desc "Debugger for the chain rule: step through gradients gate by gate"
  homepage "https://example.org/backstep" # where the sources will be published
  url "file://#{File.expand_path("backstep-0.1.0.tar.gz", __dir__)}"
  version "0.1.0"
  license "GPL-3.0-or-later"

  depends_on "swift" => :build
  depends_on :linux
  # What macOS calls readline is another library.
  depends_on "readline"

  def install
    system "make", "install", "PREFIX=#{prefix}", "SWIFT=swift", "RELEASE_FLAGS=-c release --static-swift-stdlib --disable-local-rpath --disable-sandbox"
    # Homebrew takes away itself what it has installed.
    rm prefix/"share/backstep/installed"
  end

  test do
    assert_match "backstep #{version}", shell_output("#{bin}/backstep --version")
    assert_equal "-4\n", shell_output("#{bin}/backstep -e 'w1=-2, w2=5, w3=-4' -e 'f = (w1+w2)*w3' -e 'grad w1'").lines.last
  end
end
