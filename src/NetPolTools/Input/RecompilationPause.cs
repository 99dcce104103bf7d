using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;
using NetPolTools.Reading;

namespace NetPolTools.Input;

/// <summary>
/// Keeps the runtime from recompiling methods that were compiled ahead. It does that in two steps, and what it makes first counts every branch on its way: a
/// fleet is read before the second step is through. But it leaves a program alone that is still starting, and takes it to be while methods are called for
/// the first time: so one is, again and again. That is done once in a process: what has begun to be recompiled had better be through with it.
/// </summary>
/// <remarks>
/// The runtime waits for 100 ms without such a call (<c>TC_CallCountingDelayMs</c>, docs/design/features/tiered-compilation.md in dotnet/runtime). Were it to
/// look for something else one day, reading would take as long as it does without this.
/// </remarks>
internal sealed class RecompilationPause : IDisposable
{
    /// <summary>Milliseconds, well within what the runtime waits for.</summary>
    private const int Interval = 30;

    /// <summary>A generic method is another one for each two of these. They last for twelve seconds; longer work is worth being recompiled.</summary>
    private static readonly Type[] Types =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(char), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(Half), typeof(nint), typeof(nuint), typeof(Guid), typeof(DateTime), typeof(TimeSpan), typeof(Index),
    ];

    private static readonly MethodInfo Method = typeof(RecompilationPause).GetMethod(nameof(Nothing), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static int _pauses;

    private readonly Timer? _timer;
    private int _calls;

    public RecompilationPause()
    {
        // What was not compiled ahead is slow until it is recompiled.
        if (Interlocked.Increment(ref _pauses) == 1 && IsCompiledAhead())
            _timer = new Timer(CallAnother, null, 0, Interval);
    }

    public void Dispose() => _timer?.Dispose();

    private void CallAnother(object? state)
    {
        var number = Interlocked.Increment(ref _calls) - 1;
        if (number < Types.Length * Types.Length)
            Method.MakeGenericMethod(Types[number % Types.Length], Types[number / Types.Length]).Invoke(null, null);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Nothing<TFirst, TSecond>()
    {
    }

    /// <summary>A method of the Core that was not called before is compiled now, unless it was ahead and for this runtime.</summary>
    private static bool IsCompiledAhead()
    {
        var before = JitInfo.GetCompiledMethodCount(currentThread: true);
        CompilationProbe.Call();
        return JitInfo.GetCompiledMethodCount(currentThread: true) == before;
    }
}
