using System.Diagnostics;
using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Validation;

namespace NetPolTools.Commands;

/// <summary>What every cmdlet of the module has: Ctrl+C that ends the work, and progress once the work takes more than a second.</summary>
public abstract class NetPolCommand : PSCmdlet, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Stopwatch _running = Stopwatch.StartNew();
    private readonly List<ErrorRecord> _problems = [];
    private TimeSpan _lastShown;
    private bool _isShown;

    /// <summary>Cancelled when the pipeline is being stopped.</summary>
    protected CancellationToken Cancellation => _stopping.Token;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Called on another thread than the pipeline's.</summary>
    protected override void StopProcessing() => _stopping.Cancel();

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _stopping.Dispose();
    }

    /// <summary>Runs a step of the work; being stopped ends it as PowerShell expects.</summary>
    protected void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Says what is going on, not before a second has passed and not more often than eyes can follow.</summary>
    protected void ShowProgress(string status)
    {
        if (_running.Elapsed < Patience || _running.Elapsed - _lastShown < Interval)
            return;
        _lastShown = _running.Elapsed;
        _isShown = true;
        WriteProgress(new ProgressRecord(0, MyInvocation.MyCommand.Name, status));
    }

    protected void EndProgress()
    {
        if (_isShown)
            WriteProgress(new ProgressRecord(0, MyInvocation.MyCommand.Name, "Done") { RecordType = ProgressRecordType.Completed });
        _isShown = false;
    }

    /// <summary>Whether a path leads to something.</summary>
    private protected bool IsThere(string path)
    {
        try
        {
            return InvokeProvider.Item.Exists(path);
        }
        catch (SessionStateException)
        {
            // No such drive or provider, as with ::/0.
            return false;
        }
    }

    /// <summary>A diagnostic becomes a non-terminating error, or a warning.</summary>
    /// <param name="diagnostic">What to tell.</param>
    /// <param name="target">The offending object, path or pattern.</param>
    private protected void WriteDiagnostic(Diagnostic diagnostic, object? target)
    {
        if (diagnostic.Severity == DiagnosticSeverity.Warning)
            WriteWarning(ErrorRecords.TextOf(diagnostic));
        else
            WriteProblem(ErrorRecords.From(diagnostic, target));
    }

    /// <summary>Whether an error means that there is no answer: then it ends the cmdlet, whatever the caller's preference.</summary>
    private protected virtual bool EndsOnError => false;

    /// <summary>An error of the input or of the question. Where it is to end the cmdlet, it waits until the input is read.</summary>
    private protected void WriteProblem(ErrorRecord error)
    {
        if (EndsOnError)
            _problems.Add(error);
        else
            WriteError(error);
    }

    /// <summary>Ends the cmdlet where there was an error.</summary>
    private protected void ThrowProblems()
    {
        foreach (var further in _problems.Skip(1))
            WriteError(further);
        if (_problems.Count > 0)
            ThrowTerminatingError(_problems[0]);
    }

    /// <summary>Ends the cmdlet where the API server would refuse what it is about to give.</summary>
    private protected void ThrowIfRefused(IReadOnlyList<FieldError> errors, object target)
    {
        foreach (var error in errors.Skip(1))
            WriteError(ErrorRecords.Refused(error, target));
        if (errors.Count > 0)
            ThrowTerminatingError(ErrorRecords.Refused(errors[0], target));
    }

    /// <summary>Tells what there is to know of an answer.</summary>
    private protected void WriteDiagnostics<T>(Answer<T> answer)
        where T : class
    {
        foreach (var (diagnostic, about) in answer.Diagnostics)
            WriteDiagnostic(diagnostic, about ?? (object?)diagnostic.Object);
    }
}
