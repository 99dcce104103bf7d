using System.Management.Automation;
using NetPolTools.Input;
using NetPolTools.Output;

namespace NetPolTools.Commands;

/// <summary>
/// A cmdlet that asks something of manifests or of a cluster: files by <c>-Path</c> or <c>-LiteralPath</c>, objects, text and snapshots from the
/// pipeline, or a cluster by <c>-Context</c>. What comes in is read as it comes; the question needs all of it and is asked at the end.
/// </summary>
public abstract class InputCommand : ContextCommand
{

    private SnapshotInput? _input;
    private bool _isRead;
    private bool _isLiteralPathGiven;
    private bool _hasNoAnswer;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public PSObject[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public virtual PSObject? InputObject { get; set; }

    /// <summary>Whether what the pipeline brings is to be read.</summary>
    private protected virtual bool IsInputPiped => ParameterSetName == InputObjectSet;

    /// <summary>Whether the parameters ask about an input that is read once.</summary>
    private protected virtual bool TakesInput => true;

    protected sealed override void BeginProcessing()
    {
        _isLiteralPathGiven = MyInvocation.BoundParameters.ContainsKey(nameof(LiteralPath));
        Prepare();
        _input = NewInput();
    }

    protected sealed override void ProcessRecord() => Guard(() =>
    {
        TakeRecord();
        if (IsInputPiped)
            AddPiped(_input!, InputObject);
        else if (!_isRead || (ParameterSetName == LiteralPathSet && !_isLiteralPathGiven))
            AddGiven();
        _isRead = true;
    });

    protected sealed override void EndProcessing() => Guard(() =>
    {
        if (!TakesInput)
        {
            AnswerWithoutInput();
        }
        else if (_hasNoAnswer)
        {
            EndProgress();
            EndWithoutAnswer();
        }
        else
        {
            var snapshot = Finish(_input!);
            ShowProgress("Evaluating");
            Answer(snapshot);
            EndProgress();
        }
    });

    /// <summary>Understands the question, so that a mistake in it is told before anything is read.</summary>
    private protected virtual void Prepare()
    {
    }

    /// <summary>Takes what of a pipeline is no input.</summary>
    private protected virtual void TakeRecord()
    {
    }

    /// <summary>Answers a question that is about no such input.</summary>
    private protected virtual void AnswerWithoutInput()
    {
    }

    /// <summary>Ends the command where the cluster could not be read; the errors are told.</summary>
    private protected virtual void EndWithoutAnswer()
    {
    }

    /// <summary>Asks the question of all input.</summary>
    private protected abstract void Answer(NetPolSnapshot snapshot);

    private void AddGiven()
    {
        if (ParameterSetName == ContextSet && TakesInput)
            _hasNoAnswer = !AddCluster(_input!, Context);
        foreach (var path in ParameterSetName == LiteralPathSet ? LiteralPath : [])
            AddLiteralPath(_input!, path);
        foreach (var given in ParameterSetName == PathSet ? Path : [])
            AddArgument(_input!, given);
    }
}
