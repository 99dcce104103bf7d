using System.Collections.Immutable;
using System.Reflection;
using System.Runtime;
using System.Runtime.CompilerServices;
using NetPolTools.Reading;

namespace NetPolTools.Input;

/// <summary>
/// Keeps the runtime from recompiling methods that were compiled ahead. It does that in two steps, and what it makes first counts every branch on its way: a
/// fleet is read before the second step is through. But it leaves a program alone that is still starting, and takes it to be while methods are called for
/// the first time: so one is, again and again. The next large input of a process calls the same ones, which holds nothing up: what has begun to be recompiled
/// had better be through with it.
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
    private static readonly ImmutableArray<Type> Types =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(char), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
        typeof(float), typeof(double), typeof(decimal), typeof(Half), typeof(nint), typeof(nuint), typeof(Guid), typeof(DateTime), typeof(TimeSpan),
        typeof(Index),
    ];

    private static readonly MethodInfo Method = typeof(RecompilationPause).GetMethod(nameof(Nothing), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly bool IsCompiledAhead = FindWhetherCompiledAhead();

    private readonly ManualResetEvent _end = new(false);
    private readonly Thread? _calls;

    public RecompilationPause()
    {
        // What was not compiled ahead is slow until it is recompiled.
        if (!IsCompiledAhead)
            return;
        // A thread of its own: those of the pool are busy reading, and the calls must come in time.
        _calls = new Thread(CallAll) { IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _calls.Start();
    }

    public void Dispose()
    {
        _end.Set();
        _calls?.Join();
        _end.Dispose();
    }

    private void CallAll()
    {
        foreach (var first in Types)
        {
            foreach (var second in Types)
            {
                if (_end.WaitOne(Interval))
                    return;
                Method.MakeGenericMethod(first, second).Invoke(null, null);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Nothing<TFirst, TSecond>()
    {
    }

    /// <summary>A method of the Core that was not called before is compiled now, unless it was ahead and for this runtime.</summary>
    private static bool FindWhetherCompiledAhead()
    {
        var before = JitInfo.GetCompiledMethodCount(currentThread: true);
        CompilationProbe.Call();
        return JitInfo.GetCompiledMethodCount(currentThread: true) == before;
    }
}
