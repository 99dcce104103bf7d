BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')

    function New-File {
        param([string] $Name, [string] $Text)
        $file = Join-Path $TestDrive $Name
        Set-Content $file $Text -NoNewline
        $file
    }

    $broken = New-File broken.yaml "kind: NetworkPolicy`napiVersion: networking.k8s.io/v1`nmetadata:`n  name: broken`nspec:`n  podSelector:`n    role: db"
}

Describe 'One bad input' {
    It 'is one error with its place, object, field and advice, and the others are answered' {
        $answer = Get-NetPolReachability $threeTier, $broken -ErrorVariable problems -ErrorAction SilentlyContinue
        $answer | Should -Not -BeNullOrEmpty
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'UnknownField,NetPolTools.Commands.GetNetPolReachabilityCommand'
        $problems[0].Exception.Message | Should -BeLike "*broken.yaml:7:5: NetworkPolicy default/broken: spec.podSelector.role: *matchLabels*"
    }

    It 'has the id <Id> and the category <Category>: <Name>' -ForEach @(
        @{ Name = 'unknown field'; Id = 'UnknownField'; Category = 'InvalidData';
            Text = "kind: NetworkPolicy`napiVersion: networking.k8s.io/v1`nmetadata: {name: a}`nspec: {podselector: {}}" }
        @{ Name = 'wrong type'; Id = 'WrongType'; Category = 'InvalidType';
            Text = "kind: NetworkPolicy`napiVersion: networking.k8s.io/v1`nmetadata: {name: a}`nspec: {podSelector: []}" }
        @{ Name = 'refused value'; Id = 'InvalidValue'; Category = 'InvalidData';
            Text = "kind: NetworkPolicy`napiVersion: networking.k8s.io/v1`nmetadata: {name: a}`nspec: {podSelector: {}, ingress: [{ports: [{port: 70000}]}]}" }
        @{ Name = 'bad syntax'; Id = 'SyntaxError'; Category = 'ParserError'; Text = "a: b: c" }
        @{ Name = 'no object'; Id = 'NotAnObject'; Category = 'InvalidData'; Text = "a: 1" }
        @{ Name = 'key twice'; Id = 'DuplicateKey'; Category = 'InvalidData';
            Text = "kind: NetworkPolicy`napiVersion: networking.k8s.io/v1`nmetadata: {name: a, name: b}`nspec: {podSelector: {}}" }
        @{ Name = 'unknown version'; Id = 'UnknownApiVersion'; Category = 'InvalidData';
            Text = "kind: NetworkPolicy`napiVersion: networking.k8s.io/v9`nmetadata: {name: a}" }
        @{ Name = 'binary'; Id = 'NotText'; Category = 'InvalidData'; Text = "a`0b" }
    ) {
        $file = New-File "$Id.yaml" $Text
        $snapshot = Get-NetPolSnapshot $file -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -Be "$Id,NetPolTools.Commands.GetNetPolSnapshotCommand"
        $problems[0].CategoryInfo.Category | Should -Be $Category
        $problems[0].TargetObject | Should -Be $file
        $snapshot.Diagnostics[0].Id | Should -Be $Id
    }

    It 'is told of also at the end of a text whose beginning is fine' {
        $snapshot = "apiVersion: v1`nkind: Pod`nmetadata: {name: a}`n---`na: b: c" | Get-NetPolSnapshot -ErrorVariable problems -ErrorAction SilentlyContinue
        $snapshot.PodCount | Should -Be 1
        $problems.FullyQualifiedErrorId | Should -BeLike 'SyntaxError,*'
        $problems.Exception.Message | Should -BeLike 'pipeline text:5:5: *'
    }

    It 'has the id PathNotFound where there is nothing: <Path>' -ForEach @(
        @{ Path = 'no-such-file.yaml' }
        @{ Path = 'no-such-*.yaml' }
        @{ Path = 'NoSuchDrive:/file.yaml' }
    ) {
        $answer = Get-NetPolReachability $Path, $threeTier -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $problems.FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        $problems.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems.TargetObject | Should -Be $Path
        $answer | Should -Not -BeNullOrEmpty
    }

    It 'has the same id with -LiteralPath' {
        foreach ($path in 'no-such-file.yaml', 'NoSuchDrive:/file.yaml') {
            $answer = Get-NetPolReachability -LiteralPath $path, $threeTier -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
            $answer | Should -Not -BeNullOrEmpty
        }
    }

    It 'may be a path of another provider' {
        Get-NetPolSnapshot Env:/PATH -ErrorVariable problems -ErrorAction SilentlyContinue | Out-Null
        $problems.FullyQualifiedErrorId | Should -BeLike 'UnreadableFile,*'
    }

    It 'may be a folder without manifests' {
        $folder = New-Item (Join-Path $TestDrive 'empty') -ItemType Directory
        Get-NetPolSnapshot $folder -ErrorVariable problems -ErrorAction SilentlyContinue | Out-Null
        $problems.FullyQualifiedErrorId | Should -BeLike 'NoManifests,*'
    }

    It 'has the piped object as target' {
        $bad = [pscustomobject]@{ apiVersion = 'networking.k8s.io/v1'; kind = 'NetworkPolicy'; metadata = @{ name = 'bad' }; spec = @{ junk = 1 } }
        $snapshot = (New-Pod a), $bad, (New-Pod b) | Get-NetPolSnapshot -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        [object]::ReferenceEquals($problems[0].TargetObject, $bad) | Should -BeTrue
        $problems[0].Exception.Message | Should -BeLike 'pipeline object 2: NetworkPolicy default/bad: spec.junk: *'
        $snapshot.PodCount | Should -Be 2
    }

    It 'ends the command under -ErrorAction Stop' {
        { Get-NetPolReachability $broken, $threeTier -ErrorAction Stop } | Should -Throw -ErrorId 'UnknownField,*'
        { Get-NetPolReachability no-such-file -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound,*'
    }
}

Describe 'A question' {
    It 'with <Parameter> <Value> that cannot be understood ends before anything is read' -ForEach @(
        @{ Parameter = 'Port'; Value = '70000' }
        @{ Parameter = 'Port'; Value = '80-70' }
        @{ Parameter = 'Port'; Value = '90-80' }
        @{ Parameter = 'Port'; Value = 'HTTP' }
        @{ Parameter = 'From'; Value = 'app in web)(' }
    ) {
        $arguments = @{ $Parameter = $Value }
        $script:read = 0
        { & { $script:read++; New-Pod a } | Get-NetPolReachability @arguments } | Should -Throw -ErrorId 'InvalidValue,*'
        $script:read | Should -Be 0
        try { Get-NetPolReachability $broken @arguments } catch { $problem = $_ }
        $problem.TargetObject | Should -Be $Value
        $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'with <Parameter> that matches nothing says so' -ForEach @(
        @{ Parameter = 'From' }
        @{ Parameter = 'To' }
        @{ Parameter = 'Namespace' }
    ) {
        $arguments = @{ $Parameter = 'nobody' }
        foreach ($asMatrix in $false, $true) {
            $answer = Get-NetPolReachability $threeTier @arguments -AsMatrix:$asMatrix -ErrorVariable problems -ErrorAction SilentlyContinue
            $answer | Should -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -BeLike 'NoMatch,*'
            $problems.TargetObject | Should -Be 'nobody'
        }
    }

    It 'about <Name> is answered with <Meant>' -ForEach @(
        @{ Name = 'shop/dbb'; Meant = 'Did you mean shop/db?' }
        @{ Name = 'DB'; Meant = 'Did you mean db?' }
        @{ Name = 'Shop'; Meant = 'Did you mean shop/[*]?' }
        @{ Name = 'www.google.com'; Meant = 'names of hosts are not looked up*' }
    ) {
        Get-NetPolReachability $threeTier -To $Name -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -BeLike "*-To '$Name' matches nothing in the input*$Meant"
        { Test-NetPolReachability $threeTier web $Name } | Should -Throw "*$Meant"
    }

    It 'about a namespace that is nearly there is answered with its name' {
        Get-NetPolIsolation $threeTier -Namespace Shop -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$problems" | Should -Be "-Namespace 'Shop' matches no namespace of the input. Did you mean shop?"
        Get-Item $threeTier | New-DefaultDenyPolicy 'shpo*' -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].TargetObject | Should -Be 'shpo*'
    }

    It 'about an input that is not there has one error' {
        Get-NetPolReachability nosuch -To db -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        $problems | Should -HaveCount 1
    }

    It 'of parameters that exclude each other is refused' {
        { Get-NetPolReachability $threeTier -AsMatrix -Explain } | Should -Throw '*-AsMatrix has no room for the reasons of -Explain*'
        { Get-NetPolCniSupport -List -DefaultNamespace shop } | Should -Throw '*Parameter set cannot be resolved*'
        (Get-Command Export-NetPolYaml).Parameters['Force', 'NoClobber', 'PassThru'].ForEach({ $_.ParameterSets.Keys }) | Should -Be Path, Path, Path
        { Get-NetPolSnapshot -Context . -KubernetesVersion 1.30 } | Should -Throw '*Parameter set cannot be resolved*'
    }

    It 'is answered for the patterns that match' {
        $answer = Get-NetPolReachability $threeTier -To nobody, db -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 1
        $answer | Get-Line | Should -Be 'shop/api -> shop/db: TCP 3306'
    }
}

Describe 'Warnings' {
    It 'tell of the same object twice' {
        (New-Pod a), (New-Pod a) | Get-NetPolSnapshot -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*Pod default/a*'
    }

    It 'are errors for empty input: <Name>' -ForEach @(
        @{ Name = 'null'; Value = $null }
        @{ Name = 'an empty List'; Value = @{ apiVersion = 'v1'; kind = 'List'; items = @() } }
        @{ Name = 'kinds that say nothing of traffic'; Value = @{ apiVersion = 'v1'; kind = 'ConfigMap'; metadata = @{ name = 'a' } } }
    ) {
        foreach ($command in 'Get-NetPolReachability', 'Get-NetPolIsolation', 'Get-NetPolSnapshot', 'Get-NetPolCniSupport') {
            , $Value | & $command -WarningVariable warnings -ErrorVariable problems -ErrorAction SilentlyContinue | Out-Null
            $problems.FullyQualifiedErrorId | Should -BeLike 'NoInput,*'
            $warnings | Should -BeNullOrEmpty
            { , $Value | & $command -ErrorAction Stop } | Should -Throw -ErrorId 'NoInput,*'
        }
    }

    It 'do not repeat what an error said' {
        Get-NetPolReachability no-such-file -WarningVariable warnings -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }
}
